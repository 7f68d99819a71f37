package io.lexstream.inference;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.ReadableText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cuts texts into token ids by a Hugging Face {@code tokenizer.json}, in windows no longer than the model reads. */
public final class TextTokenizer implements AutoCloseable {
    /** What tokenizers call it, BERT's and others. */
    private static final List<String> UNKNOWN_TOKENS = List.of("[UNK]", "<unk>");

    private static final long NO_ID = -1;

    private final HuggingFaceTokenizer tokenizer;
    private final int maxTokens;
    private final int maxWindows;
    private final long unknownId;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, int maxTokens, int maxWindows) {
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
        this.maxWindows = maxWindows;
        this.unknownId = unknownId(tokenizer);
    }

    /**
     * @param maxTokens longest window, special tokens included
     * @param maxWindows most windows of a text; what lies behind is not read
     */
    public static TextTokenizer open(Path file, int maxTokens, int maxWindows) throws ModelRejectedException {
        try {
            // Truncation is ours: the library's would not tell, nor make windows.
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optTruncation(false)
                    .optPadding(false)
                    .optAddSpecialTokens(true)
                    .build();
            return new TextTokenizer(tokenizer, maxTokens, maxWindows);
        } catch (IOException | RuntimeException e) {
            throw new ModelRejectedException("the tokenizer does not load: " + e.getMessage(), e);
        }
    }

    /** The token ids of each text's first window, special tokens included: what a model is trained on. */
    public List<long[]> firstWindows(List<String> texts) {
        return tokenize(new TextBatch(texts)).stream()
                .map(text -> text.windows().get(0))
                .toList();
    }

    /** The id of what the vocabulary does not have; {@link #NO_ID} if it has everything (byte-level vocabularies). */
    private static long unknownId(HuggingFaceTokenizer tokenizer) {
        for (String token : UNKNOWN_TOKENS) {
            long[] ids = tokenizer.encode(token, false, false).getIds();
            if (ids.length == 1) {
                return ids[0];
            }
        }
        return NO_ID;
    }

    /** The tokens of each text, computed once per batch whoever asks. */
    List<TokenizedText> tokens(TextBatch batch) {
        return batch.derive(this, this::tokenize);
    }

    /** How many tokens are read of each text. */
    int[] lengths(TextBatch batch) {
        return TokenizedText.lengths(tokens(batch));
    }

    List<TokenizedText> tokenize(TextBatch batch) {
        List<String> readable = new ArrayList<>(batch.size());
        for (String text : batch.texts()) {
            readable.add(ReadableText.of(text, maxChars()));
        }
        Encoding[] encodings = encode(readable);
        List<TokenizedText> tokenized = new ArrayList<>(encodings.length);
        for (int i = 0; i < encodings.length; i++) {
            boolean cut = readable.get(i).length() == maxChars();
            tokenized.add(windows(encodings[i], cut));
        }
        return tokenized;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private Encoding[] encode(List<String> texts) {
        try {
            if (texts.size() == 1) {
                return new Encoding[] {tokenizer.encode(texts.get(0))};
            }
            return tokenizer.batchEncode(texts);
        } catch (RuntimeException e) {
            throw new InferenceException("cannot tokenise " + texts.size() + " texts", e);
        }
    }

    private int maxChars() {
        return ReadableText.maxChars(maxTokens * maxWindows);
    }

    private TokenizedText windows(Encoding encoding, boolean cut) {
        long[] ids = encoding.getIds();
        if (ids.length <= maxTokens) {
            return tokenized(List.of(ids), cut);
        }
        long[] special = encoding.getSpecialTokenMask();
        int prefix = leadingSpecials(special);
        int suffix = trailingSpecials(special);
        int inner = maxTokens - prefix - suffix;
        int last = ids.length - suffix;
        List<long[]> windows = new ArrayList<>();
        int start = prefix;
        while (start < last && windows.size() < maxWindows) {
            int end = Math.min(start + inner, last);
            long[] window = new long[prefix + end - start + suffix];
            System.arraycopy(ids, 0, window, 0, prefix);
            System.arraycopy(ids, start, window, prefix, end - start);
            System.arraycopy(ids, last, window, prefix + end - start, suffix);
            windows.add(window);
            start = end;
        }
        return tokenized(List.copyOf(windows), cut || start < last);
    }

    private TokenizedText tokenized(List<long[]> windows, boolean truncated) {
        int unknown = 0;
        for (long[] window : windows) {
            for (long id : window) {
                if (id == unknownId) {
                    unknown++;
                }
            }
        }
        return new TokenizedText(windows, unknown, truncated);
    }

    private static int leadingSpecials(long[] special) {
        int count = 0;
        while (count < special.length && special[count] == 1) {
            count++;
        }
        return count;
    }

    private static int trailingSpecials(long[] special) {
        int count = 0;
        while (count < special.length && special[special.length - 1 - count] == 1) {
            count++;
        }
        return count;
    }
}
