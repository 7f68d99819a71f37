package io.lexstream.inference;

/** What a model says about one text. */
public sealed interface TextOutput permits Classification, Translation {}
