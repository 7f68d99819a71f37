package io.lexstream.ops;

import picocli.CommandLine.Option;

/** Why a deployment is changed; kept with it. */
final class ReasonOption {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept with the deployment.")
    private String text = "by hand";

    String text() {
        return text;
    }
}
