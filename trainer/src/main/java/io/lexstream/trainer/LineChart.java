package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over training steps, as SVG that takes its colours from the page. */
final class LineChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 250;
    private static final int LEFT = 58;
    private static final int RIGHT = 16;
    private static final int TOP = 14;
    private static final int BOTTOM = 40;
    private static final int TICKS = 5;

    /** @param y as many as x */
    record Line(String name, String style, List<Double> x, List<Double> y) {
        Line {
            x = List.copyOf(x);
            y = List.copyOf(y);
        }
    }

    private final String title;
    private final List<Line> lines = new ArrayList<>();
    private double xMost = 1;
    private double yLeast = Double.POSITIVE_INFINITY;
    private double yMost = Double.NEGATIVE_INFINITY;

    LineChart(String title) {
        this.title = title;
    }

    /** Adds a line unless it has no points; values that are not finite are left out of it. */
    LineChart add(String name, String style, List<Double> x, List<Double> y) {
        List<Double> finiteX = new ArrayList<>();
        List<Double> finiteY = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            if (Double.isFinite(y.get(i))) {
                finiteX.add(x.get(i));
                finiteY.add(y.get(i));
                xMost = Math.max(xMost, x.get(i));
                yLeast = Math.min(yLeast, y.get(i));
                yMost = Math.max(yMost, y.get(i));
            }
        }
        if (!finiteX.isEmpty()) {
            lines.add(new Line(name, style, finiteX, finiteY));
        }
        return this;
    }

    String title() {
        return title;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    String svg() {
        double step = niceStep((yMost - yLeast) / TICKS, Math.abs(yMost));
        double bottom = Math.floor(yLeast / step) * step;
        double top = Math.max(bottom + step, Math.ceil(yMost / step - 1e-9) * step);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, HEIGHT, Html.escape(title)));
        for (double y = bottom; y <= top + step / 2; y += step) {
            double at = y(y, bottom, top);
            svg.append(text(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
                    LEFT, WIDTH - RIGHT, at, at));
            svg.append(text(
                    "<text class=\"tick end\" x=\"%d\" y=\"%.1f\">%s</text>\n", LEFT - 8, at + 4, spoken(y, step)));
        }
        double xStep = Math.max(1, niceStep(xMost / TICKS, xMost));
        for (double x = 0; x <= xMost; x += xStep) {
            svg.append(text(
                    "<text class=\"tick mid\" x=\"%.1f\" y=\"%d\">%s</text>\n",
                    x(x), HEIGHT - BOTTOM + 18, spoken(x, xStep)));
        }
        svg.append(text(
                "<text class=\"tick mid\" x=\"%d\" y=\"%d\">steps</text>\n", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4));
        for (Line line : lines) {
            svg.append(path(line, bottom, top));
        }
        return svg.append("</svg>").toString();
    }

    /** The names of the lines with their colours. */
    String legend() {
        StringBuilder legend = new StringBuilder("<p class=\"legend\">");
        for (Line line : lines) {
            legend.append("<span class=\"key %s\"></span>%s ".formatted(line.style(), Html.escape(line.name())));
        }
        return legend.append("</p>").toString();
    }

    private String path(Line line, double bottom, double top) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < line.x().size(); i++) {
            path.append(text(
                    "%s%.1f %.1f",
                    i == 0 ? "M" : "L", x(line.x().get(i)), y(line.y().get(i), bottom, top)));
        }
        int last = line.x().size() - 1;
        return "<path class=\"line %s\" d=\"%s\"/>\n".formatted(line.style(), path)
                + text(
                        "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s</title></circle>\n",
                        line.style(),
                        x(line.x().get(last)),
                        y(line.y().get(last), bottom, top),
                        Html.escape(text("%s: %.4g", line.name(), line.y().get(last))));
    }

    private double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * value / xMost;
    }

    private static double y(double value, double bottom, double top) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (top - value) / (top - bottom);
    }

    /** 1, 2 or 5 times a power of ten; where all values are the same, a tenth of their size. */
    private static double niceStep(double rough, double size) {
        double wanted = rough > 0 ? rough : size > 0 ? size / 10 : 0.1;
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double share = wanted / power;
        return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    }

    private static String spoken(double value, double step) {
        if (step < 1e-3) {
            return value == 0 ? "0" : text("%.0e", value);
        }
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return text("%,." + digits + "f", value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
