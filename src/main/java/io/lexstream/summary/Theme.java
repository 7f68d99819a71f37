package io.lexstream.summary;

import java.util.List;

/**
 * What several texts say alike.
 *
 * @param texts how many texts speak of it
 * @param quotes the remarks that stand for it best, the best first; none says what another one says
 */
public record Theme(int texts, List<Quote> quotes) {
    public Theme {
        quotes = List.copyOf(quotes);
        if (quotes.isEmpty()) {
            throw new IllegalArgumentException("a theme without a quote");
        }
    }

    /**
     * A remark, verbatim.
     *
     * @param text number of the text that it stands in
     * @param texts how many texts say nearly the same, itself included
     */
    public record Quote(String words, int text, int texts) {}
}
