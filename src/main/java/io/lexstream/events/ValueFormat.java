package io.lexstream.events;

/** One of the forms that input values come in. Safe to use from several threads. */
interface ValueFormat {
    /**
     * Reads a value; whether its text is fit for the models is not asked here.
     *
     * @throws RuntimeException if nothing can be said about the value now (the schema registry does not answer)
     */
    Decoded read(Source source, byte[] value);
}
