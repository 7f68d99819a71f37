package io.lexstream.trainer.service;

/**
 * What is to become of a version on trial.
 *
 * @param reason for people; goes into the deployment
 */
record TrialDecision(String task, String challenger, Outcome outcome, String reason) {
    /** What follows. */
    enum Outcome {
        /** It is tried on. */
        CONTINUE,
        /** It becomes the champion. */
        PROMOTE,
        /** Its trial ends; the champion serves alone. */
        ROLL_BACK
    }
}
