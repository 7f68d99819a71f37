package io.lexstream.feedback;

import io.lexstream.schemas.AlertMeasure;
import java.time.Instant;

/**
 * An alert begins or ends.
 *
 * @param raised false = it is cleared
 * @param since start of the window that raised it
 * @param window start of the window that it comes of
 * @param observed a count, or a share
 * @param probability of at least that, by the history
 */
public record Alarm(
        AlertMeasure measure,
        boolean raised,
        Instant since,
        Instant window,
        Closed figures,
        double observed,
        double expected,
        double probability) {
    /**
     * What is judged of a window.
     *
     * @param texts without spam
     * @param rated those with a sentiment
     * @param negative those with a negative one
     */
    public record Closed(long texts, long rated, long negative) {
        public static final Closed SILENT = new Closed(0, 0, 0);

        public static Closed of(Figures figures) {
            return new Closed(figures.opinions(), figures.rated(), figures.negative());
        }

        double negativeShare() {
            return rated == 0 ? 0 : (double) negative / rated;
        }
    }
}
