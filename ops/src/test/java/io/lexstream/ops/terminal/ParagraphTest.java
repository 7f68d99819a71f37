package io.lexstream.ops.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void linesBreakBetweenWords() {
        assertThat(Paragraph.lines("one two three four", 8, 9)).containsExactly("one two", "three", "four");
        assertThat(Paragraph.lines("one two", 7, 9)).containsExactly("one two");
    }

    @Test
    void aWordThatIsWiderThanALineIsBroken() {
        assertThat(Paragraph.lines("abcdefgh ij", 4, 9)).containsExactly("abcd", "efgh", "ij");
    }

    @Test
    void theLastLineTellsThatThereIsMore() {
        assertThat(Paragraph.lines("one two three four", 8, 2)).containsExactly("one two", "three f…");
    }

    @Test
    void noCharacterIsHalved() {
        assertThat(Paragraph.lines("🙂🙂🙂🙂🙂", 2, 2)).containsExactly("🙂🙂", "🙂…");
        assertThat(Paragraph.beginning("🙂🙂🙂", 2)).isEqualTo("🙂…");
    }
}
