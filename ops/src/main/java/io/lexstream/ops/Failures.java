package io.lexstream.ops;

import io.lexstream.trainer.DataException;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one line. */
final class Failures {
    private Failures() {}

    static int wrongUse(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("lexstream: " + oneLine(wrong.getMessage()) + suggestions(wrong));
        command.getErr().println("Try: " + helpFor(command));
        return CommandLine.ExitCode.USAGE;
    }

    private static String suggestions(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        var near = unmatched.getSuggestions();
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    private static String helpFor(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return name.equals("lexstream") ? "lexstream help" : name + " --help";
    }

    static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        Object root = command.getCommandSpec().root().userObject();
        if (root instanceof Lexstream lexstream && lexstream.verbose()) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println("lexstream: " + describe(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The failure and what caused it, each said once. */
    static String describe(Throwable failure) {
        StringBuilder line = new StringBuilder();
        for (Throwable cause : causes(failure)) {
            String message = message(cause);
            if (line.indexOf(message) < 0) {
                line.append(line.isEmpty() ? "" : ": ").append(message);
            }
        }
        return line.toString();
    }

    private static java.util.List<Throwable> causes(Throwable failure) {
        java.util.List<Throwable> causes = new java.util.ArrayList<>();
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (!onlyWraps(cause)) {
                causes.add(cause);
            }
            if (cause instanceof CommandException || cause instanceof DataException) {
                break; // its message is complete
            }
        }
        return causes;
    }

    private static boolean onlyWraps(Throwable failure) {
        return failure.getCause() != null
                && (failure instanceof ExecutionException
                        || failure instanceof CompletionException
                        || failure instanceof UncheckedIOException);
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        String line = oneLine(message);
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return "no such file: " + line;
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + line;
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "exists already: " + line;
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory: " + line;
        }
        return failure instanceof NullPointerException || failure instanceof IndexOutOfBoundsException
                ? failure.getClass().getSimpleName() + ": " + line
                : line;
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
