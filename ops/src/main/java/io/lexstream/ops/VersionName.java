package io.lexstream.ops;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A version as people name it: {@code task@version}. */
record VersionName(String task, String version) {
    @Override
    public String toString() {
        return task + "@" + version;
    }

    /** Reads a command's argument. */
    static final class Converter implements ITypeConverter<VersionName> {
        @Override
        public VersionName convert(String argument) {
            int at = argument.indexOf('@');
            if (at < 1 || at == argument.length() - 1) {
                throw new TypeConversionException("'" + argument + "' is not TASK@VERSION");
            }
            return new VersionName(argument.substring(0, at), argument.substring(at + 1));
        }
    }
}
