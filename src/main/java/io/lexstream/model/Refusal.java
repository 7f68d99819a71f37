package io.lexstream.model;

/**
 * A record of the models topic that did not count.
 *
 * @param offered the version that it speaks of, under the name that the record's key gives it; without digest if none
 *     is known
 * @param why for a person
 */
public record Refusal(ModelVersion offered, Rejection rejection, String why) {}
