package io.lexstream.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses to run where ONNX Runtime would die: version 1.29 ends the process without a word when its command line is
 * longer than about 3.9 KiB.
 */
final class CommandLineGuard {
    static final int MOST_BYTES = 3800;

    private CommandLineGuard() {}

    /** @param commandLine what the system knows as this process's command line; systems without such a file pass */
    static void check(Path commandLine) {
        if (!Files.isReadable(commandLine)) {
            return;
        }
        int bytes;
        try {
            bytes = Files.readAllBytes(commandLine).length;
        } catch (IOException e) {
            throw new CommandException("cannot read " + commandLine, e);
        }
        if (bytes > MOST_BYTES) {
            throw new CommandException("the command line is " + bytes
                    + " bytes long, and ONNX Runtime 1.29 crashes above "
                    + MOST_BYTES + ": start with java -jar instead of a long -cp, and put long arguments into a file,"
                    + " one a line: lexstream @arguments.txt");
        }
    }
}
