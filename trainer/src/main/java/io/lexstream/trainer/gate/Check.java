package io.lexstream.trainer.gate;

/**
 * One question that was asked, and the answer.
 *
 * @param name what was asked about, such as {@code trusted rows}
 * @param sentence the answer with its figures, for people; never a part of a text
 */
public record Check(String name, boolean passed, String sentence) {
    static Check passed(String name, String sentence) {
        return new Check(name, true, sentence);
    }

    static Check failed(String name, String sentence) {
        return new Check(name, false, sentence);
    }

    @Override
    public String toString() {
        return name + (passed ? ": " : ": NO: ") + sentence;
    }
}
