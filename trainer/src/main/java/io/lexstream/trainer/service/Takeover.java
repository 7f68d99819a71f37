package io.lexstream.trainer.service;

import io.lexstream.schemas.TrainerRun;
import java.util.OptionalInt;

/** What becomes of a run that is not over and that nobody here has in hand. */
enum Takeover {
    /** It was asked for, and nobody has begun it. */
    BEGIN,
    /** Its data and checkpoints are here: it goes on. */
    GO_ON,
    /** Its data were with a trainer that went away. */
    ABANDON,
    /** It was tried too often. */
    GIVE_UP;

    private static final int MOST_ATTEMPTS = 3;

    /** @param attempts how often it was begun or gone on with here; empty if its data are not here */
    static Takeover of(TrainerRun run, OptionalInt attempts) {
        if (run.getInstance().isEmpty()) {
            return BEGIN;
        }
        if (attempts.isEmpty()) {
            return ABANDON;
        }
        return attempts.getAsInt() < MOST_ATTEMPTS ? GO_ON : GIVE_UP;
    }
}
