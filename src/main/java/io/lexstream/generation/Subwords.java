package io.lexstream.generation;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.CloseStack;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.ReadableText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A vocabulary of subwords, from a {@code tokenizer.json}: cuts texts into ids, and puts ids together to texts. */
final class Subwords implements AutoCloseable {
    private static final int ANY_LENGTH = 1 << 16;

    private final HuggingFaceTokenizer tokenizer;

    private Subwords(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    static Subwords open(Path file) throws ModelRejectedException {
        try {
            // Truncation is ours: the library's would not tell.
            return new Subwords(HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optTruncation(false)
                    .optPadding(false)
                    .optAddSpecialTokens(true)
                    .build());
        } catch (IOException | RuntimeException e) {
            throw new ModelRejectedException(
                    "the tokenizer " + file.getFileName() + " does not load: " + e.getMessage(), e);
        }
    }

    /** The vocabulary that a model's targets are written in, which mostly is that of its sources. */
    static Subwords ofTargets(Seq2SeqFiles files, Subwords source, CloseStack opened) throws ModelRejectedException {
        return files.targetTokenizer().isPresent()
                ? opened.add(open(files.targetTokenizer().get()))
                : source;
    }

    /**
     * @param prefix goes before every text
     * @param maxTokens longest source; of a longer one the beginning is kept, and the special tokens at its end
     * @param ifEmpty the only token of a text that has none
     */
    List<SourceTokens> tokenize(List<String> texts, String prefix, int maxTokens, int ifEmpty) {
        int maxChars = ReadableText.maxChars(maxTokens);
        List<String> readable = new ArrayList<>(texts.size());
        for (String text : texts) {
            readable.add(ReadableText.of(text, maxChars));
        }
        Encoding[] encodings =
                encode(readable.stream().map(text -> prefix + text).toList());
        List<SourceTokens> sources = new ArrayList<>(encodings.length);
        for (int i = 0; i < encodings.length; i++) {
            long[] ids = encodings[i].getIds();
            boolean cut = readable.get(i).length() == maxChars;
            sources.add(
                    ids.length == 0
                            ? SourceTokens.of(new long[] {ifEmpty}, cut)
                            : SourceTokens.of(
                                    cut(ids, encodings[i].getSpecialTokenMask(), maxTokens),
                                    cut || ids.length > maxTokens));
        }
        return sources;
    }

    /** All tokens of each text, those that the tokenizer puts around it told apart. */
    List<FramedTokens> framed(List<String> texts) {
        List<FramedTokens> framed = new ArrayList<>(texts.size());
        int maxChars = ReadableText.maxChars(ANY_LENGTH);
        for (Encoding encoding : encode(
                texts.stream().map(text -> ReadableText.of(text, maxChars)).toList())) {
            framed.add(FramedTokens.of(encoding.getIds(), encoding.getSpecialTokenMask()));
        }
        return framed;
    }

    /** The text of {@code ids}, special tokens left out. */
    String decode(List<Integer> ids) {
        if (ids.isEmpty()) {
            return "";
        }
        try {
            return tokenizer
                    .decode(ids.stream().mapToLong(Integer::longValue).toArray(), true)
                    .strip();
        } catch (RuntimeException e) {
            throw new InferenceException("cannot make a text of " + ids.size() + " tokens", e);
        }
    }

    private Encoding[] encode(List<String> texts) {
        try {
            if (texts.size() == 1) {
                return new Encoding[] {tokenizer.encode(texts.get(0))};
            }
            return texts.isEmpty() ? new Encoding[0] : tokenizer.batchEncode(texts);
        } catch (RuntimeException e) {
            throw new InferenceException("cannot tokenise " + texts.size() + " texts", e);
        }
    }

    private static long[] cut(long[] ids, long[] special, int maxTokens) {
        if (ids.length <= maxTokens) {
            return ids;
        }
        int suffix = 0;
        while (suffix < maxTokens - 1 && special[special.length - 1 - suffix] == 1) {
            suffix++;
        }
        long[] cut = new long[maxTokens];
        System.arraycopy(ids, 0, cut, 0, maxTokens - suffix);
        System.arraycopy(ids, ids.length - suffix, cut, maxTokens - suffix, suffix);
        return cut;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
