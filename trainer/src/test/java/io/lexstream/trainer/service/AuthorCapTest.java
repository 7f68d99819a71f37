package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorCapTest {
    private final AuthorCap cap = new AuthorCap(500, 0.25);

    @Test
    void aSoleAuthorIsLimitedByTheNumberOnly() {
        assertThat(cap.limit(rows("ann", 800))).isEqualTo(500);
    }

    @Test
    void nobodyHasMoreThanTheShareOfWhatIsLeft() {
        List<String> authors = new ArrayList<>(rows("flooder", 400));
        for (int i = 0; i < 6; i++) {
            authors.addAll(rows("author " + i, 10));
        }

        assertThat(cap.limit(authors)).isEqualTo(20);
    }

    @Test
    void rowsWithoutAnAuthorCountButAreNotLimited() {
        List<String> authors = new ArrayList<>(rows("", 1_000));
        authors.addAll(rows("ann", 600));

        assertThat(new AuthorCap(5_000, 0.25).limit(authors)).isGreaterThanOrEqualTo(600);
        assertThat(cap.limit(authors)).isEqualTo(500);
    }

    private static List<String> rows(String author, int count) {
        return Collections.nCopies(count, author);
    }
}
