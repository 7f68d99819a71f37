package io.lexstream.schemas;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ids that a registry just said it does not know: a flood of foreign records must not become a flood of requests. */
final class UnknownIds {
    private static final int CAPACITY = 1_000;
    /** Short, since the next moment somebody may register the id. */
    private static final Duration KEPT = Duration.ofSeconds(1);

    private record Refusal(String message, int code, Duration until) {}

    private final RetryClock clock;
    private final Map<Integer, Refusal> refusals = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Refusal> eldest) {
            return size() > CAPACITY;
        }
    };

    UnknownIds(RetryClock clock) {
        this.clock = clock;
    }

    void add(int id, SchemaNotFoundException refusal) {
        synchronized (refusals) {
            refusals.put(
                    id,
                    new Refusal(
                            String.valueOf(refusal.getMessage()),
                            refusal.code(),
                            clock.now().plus(KEPT)));
        }
    }

    /** @throws SchemaNotFoundException if the registry has just refused {@code id} */
    void check(int id) {
        Refusal refusal;
        synchronized (refusals) {
            refusal = refusals.get(id);
        }
        if (refusal != null && clock.now().compareTo(refusal.until()) < 0) {
            throw new SchemaNotFoundException(refusal.message(), refusal.code());
        }
    }
}
