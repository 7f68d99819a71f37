package io.lexstream.feedback;

/**
 * A text of a window's sample. The sample is those with the lowest priorities, at most a certain number: a fair one, as
 * the priority is a hash of the event id (bottom-k, Cohen and Kaplan 2007). Samples merge by taking the lowest of both,
 * and the order that texts come in does not show.
 */
public record SampledText(String id, String words, String sentiment) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public static SampledText of(Message message) {
        return new SampledText(message.id(), message.words(), message.sentiment());
    }

    /** Not negative; nearly uniform whatever the ids look like. */
    public static long priority(String id) {
        long hash = 1125899906842597L;
        for (int i = 0; i < id.length(); i++) {
            hash = 31 * hash + id.charAt(i);
        }
        // The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
        hash += GOLDEN;
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return (hash ^ (hash >>> 31)) >>> 1;
    }
}
