package io.lexstream.trainer.gate;

/**
 * What labels must be like to be trained on.
 *
 * @param minRows {@code audit.min.rows}: fewer labels are not judged by what can be learned from them
 * @param minAuthorRows {@code audit.min.author.rows}: nor authors with fewer labels
 * @param maxAuthorShare {@code audit.max.author.share}: an author with a larger share of the labels is weighted down to
 *     it, or to twice an even share if that is more
 * @param maxAuthorContradicted {@code audit.max.author.contradicted}: largest share of an author's labels that what all
 *     other authors say contradicts; with significantly more the author is left out
 * @param maxContradicted {@code audit.max.contradicted}: largest share of labels that both the other labels and the
 *     champion contradict
 * @param minLearnability {@code audit.min.learnability}: how learnable labels must be, as a share of how learnable as
 *     many trusted rows are
 * @param oneLabelShare {@code audit.one.label.share}: from this share of a single label on a set counts as one-sided
 * @param minAuthors {@code audit.min.authors}: authors that a set needs which contradicts the champion's sure answers
 *     more often than not; 2 where labels come from the public
 * @param sure {@code audit.sure}: probability from which an answer counts as sure
 * @param seed {@code audit.seed}: deals the folds
 */
public record AuditSettings(
        int minRows,
        int minAuthorRows,
        double maxAuthorShare,
        double maxAuthorContradicted,
        double maxContradicted,
        double minLearnability,
        double oneLabelShare,
        int minAuthors,
        double sure,
        long seed) {
    public static final AuditSettings DEFAULT = new AuditSettings(20, 8, 0.2, 0.25, 0.1, 0.6, 0.95, 1, 0.7, 1);

    public AuditSettings {
        if (minRows < 10) {
            throw new IllegalArgumentException("audit.min.rows must be >= 10, got " + minRows);
        }
        if (minAuthorRows < 1 || minAuthors < 1) {
            throw new IllegalArgumentException("audit.min.author.rows and audit.min.authors must be >= 1, got "
                    + minAuthorRows + " and " + minAuthors);
        }
        requireShare("audit.max.author.share", maxAuthorShare);
        requireShare("audit.max.author.contradicted", maxAuthorContradicted);
        requireShare("audit.max.contradicted", maxContradicted);
        requireShare("audit.min.learnability", minLearnability);
        requireShare("audit.one.label.share", oneLabelShare);
        requireShare("audit.sure", sure);
    }

    private static void requireShare(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(key + " must be between 0 and 1, got " + value);
        }
    }
}
