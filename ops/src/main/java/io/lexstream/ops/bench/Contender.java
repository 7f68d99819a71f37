package io.lexstream.ops.bench;

import java.util.List;

/** Something that gets through texts at some speed. */
interface Contender {
    String name();

    /** Runs all texts once, and returns texts per second of steady state. */
    double textsPerSecond(List<String> texts) throws Exception;
}
