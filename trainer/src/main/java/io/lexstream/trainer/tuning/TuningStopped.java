package io.lexstream.trainer.tuning;

/** A training was told to stop; with a checkpoint it can go on later. */
public final class TuningStopped extends RuntimeException {
    TuningStopped(long seen) {
        super("stopped after " + seen + " rows");
    }
}
