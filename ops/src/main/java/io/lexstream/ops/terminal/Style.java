package io.lexstream.ops.terminal;

import picocli.CommandLine.Help.Ansi;

/**
 * How output may look.
 *
 * @param columns width of the terminal; 0 = the output goes to a file or another program
 * @param colours whether colours may be used
 */
public record Style(int columns, boolean colours) {
    public static final Style PLAIN = new Style(0, false);

    public static Style of(int columns, boolean noColour) {
        return new Style(columns, columns > 0 && !noColour);
    }

    public boolean terminal() {
        return columns > 0;
    }

    public int columnsOr(int otherwise) {
        return terminal() ? Math.max(columns, 60) : otherwise;
    }

    public Ansi ansi() {
        return colours ? Ansi.ON : Ansi.OFF;
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String cyan(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
