package io.lexstream.schemas;

import java.io.IOException;
import java.time.Duration;

/** Carries one question to one registry and the answer back. */
interface RegistryTransport {
    /**
     * What came back.
     *
     * @param body usually JSON; from a proxy anything
     */
    record Answer(int status, String body) {}

    /**
     * Waits for the whole answer.
     *
     * @throws IOException if there was none within {@code timeout}
     */
    Answer send(RegistrySettings.Registry registry, RegistryRequest request, Duration timeout)
            throws IOException, InterruptedException;
}
