package io.lexstream.ops;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
    /** The version in the jar's manifest. */
    static String lexstream() {
        return Optional.ofNullable(Lexstream.class.getPackage().getImplementationVersion())
                .orElse("(not built)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Lexstream " + lexstream(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
