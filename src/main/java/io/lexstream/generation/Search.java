package io.lexstream.generation;

import java.util.List;

/** A way to find a good target for each source of a batch. */
interface Search {
    /**
     * Goes step by step until every source has its target.
     *
     * @param state one row a source, nothing read yet; stays the caller's
     * @return one result a source, in order
     */
    List<GeneratedTokens> run(DecoderState state);
}
