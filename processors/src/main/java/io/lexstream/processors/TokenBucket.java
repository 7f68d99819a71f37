package io.lexstream.processors;

import java.time.Duration;
import java.time.Instant;

/** Lets so many pass in a minute, and as many at once after a quiet one. Used by one thread at a time. */
final class TokenBucket {
    private final double perMinute;
    private final double capacity;
    private double tokens;
    private Instant filled;

    TokenBucket(double perMinute, Instant now) {
        this.perMinute = perMinute;
        this.capacity = Math.max(1, perMinute);
        this.tokens = capacity;
        this.filled = now;
    }

    boolean hasToken(Instant now) {
        if (now.isAfter(filled)) {
            double minutes = Duration.between(filled, now).toNanos() / 60e9;
            tokens = Math.min(capacity, tokens + minutes * perMinute);
            filled = now;
        }
        return tokens >= 1;
    }

    void take() {
        tokens--;
    }
}
