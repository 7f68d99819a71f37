package io.lexstream.processors;

/**
 * What people are asked to label.
 *
 * @param belowConfidence texts whose label has a lower probability
 * @param perMinute most texts of a task in a minute, of each instance; 0 = none at all
 */
record ReviewSettings(double belowConfidence, int perMinute) {
    boolean off() {
        return perMinute == 0;
    }
}
