package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.TextPair;
import java.util.List;
import java.util.Map;

/** Leaves out pairs that are not to be trained on. */
interface Cleaning {
    /** Those to be trained on; asked file by file, the same pair is kept once. */
    List<TextPair> clean(List<TextPair> pairs);

    /** How many were left out, by reason. */
    Map<String, Integer> dropped();
}
