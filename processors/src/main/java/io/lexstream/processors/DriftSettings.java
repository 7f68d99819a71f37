package io.lexstream.processors;

/**
 * How drift is measured.
 *
 * @param windowTexts texts of a task and source that are compared at once; 0 = drift is not measured
 * @param threshold population stability index from which on an alert is written
 */
record DriftSettings(int windowTexts, double threshold) {
    boolean off() {
        return windowTexts == 0;
    }
}
