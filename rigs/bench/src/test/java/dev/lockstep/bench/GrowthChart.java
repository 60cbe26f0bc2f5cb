package dev.lockstep.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How values grow with a size: a line for each, both axes logarithmic, so that a level line is no
 * growth and a straight one a power. The names stand where the lines end, and keep a distance
 * from each other. Immutable.
 */
public final class GrowthChart {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final int LEFT = 80;
    private static final int RIGHT = 640;
    private static final int TOP = 50;
    private static final int BOTTOM = 470;
    private static final int DISTANCE = 16;
    private static final List<String> COLOURS =
            List.of("#1f6feb", "#d9480f", "#2b8a3e", "#862e9c", "#5c636a", "#a61e4d", "#0b7285");

    private final String size;
    private final String unit;
    private final List<Growth> lines;

    /**
     * @param size what there are more of
     * @param unit of the values
     * @param lines of two sizes at least
     */
    public GrowthChart(String size, String unit, List<Growth> lines) {
        this.size = size;
        this.unit = unit;
        this.lines = lines.stream()
                .sorted(Comparator.comparing(GrowthChart::last).reversed())
                .toList();
    }

    public String svg() {
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<text x=\"10\" y=\"24\" font-size=\"14\">%s against %s, both scales logarithmic</text>%n",
                WIDTH, HEIGHT, unit, size));
        axes(svg);
        double[] labels = labels();
        for (int i = 0; i < lines.size(); i++) {
            line(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), labels[i]);
        }
        return svg.append("</svg>\n").toString();
    }

    /**
     * Where the names stand: downwards from the greatest, and up again where there is no more
     * room.
     */
    private double[] labels() {
        double[] labels = lines.stream().mapToDouble(each -> y(last(each))).toArray();
        for (int i = 1; i < labels.length; i++) {
            labels[i] = Math.max(labels[i], labels[i - 1] + DISTANCE);
        }
        double lowest = BOTTOM;
        for (int i = labels.length - 1; i >= 0; i--) {
            labels[i] = Math.min(labels[i], lowest);
            lowest = labels[i] - DISTANCE;
        }
        return labels;
    }

    private void axes(StringBuilder svg) {
        for (double value = least(); value <= most(); value *= 10) {
            rule(svg, LEFT, y(value), RIGHT, y(value));
            svg.append(format(
                    "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%,.0f</text>%n", LEFT - 8, y(value) + 4, value));
        }
        lines.get(0).values().keySet().forEach(each -> {
            rule(svg, x(each), TOP, x(each), BOTTOM);
            svg.append(format(
                    "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n", x(each), BOTTOM + 20, each));
        });
    }

    private static void rule(StringBuilder svg, double fromX, double fromY, double toX, double toY) {
        svg.append(format(
                "<line x1=\"%.0f\" y1=\"%.0f\" x2=\"%.0f\" y2=\"%.0f\" stroke=\"#dee2e6\"/>%n",
                fromX, fromY, toX, toY));
    }

    private void line(StringBuilder svg, Growth growth, String colour, double label) {
        String points = growth.values().entrySet().stream()
                .map(each -> format("%.0f,%.1f", x(each.getKey()), y(each.getValue())))
                .collect(Collectors.joining(" "));
        svg.append(
                format("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", points, colour));
        svg.append(format(
                "<polyline points=\"%d,%.1f %d,%.1f\" fill=\"none\" stroke=\"%s\" stroke-dasharray=\"2 2\"/>%n",
                RIGHT, y(last(growth)), RIGHT + 25, label, colour));
        svg.append(format(
                "<text x=\"%d\" y=\"%.0f\" fill=\"%s\">%s, × %.2f</text>%n",
                RIGHT + 30, label + 4, colour, Chart.escaped(growth.name()), growth.perFactorTen()));
    }

    private double x(double value) {
        double first = lines.get(0).values().firstKey();
        return LEFT
                + (RIGHT - LEFT)
                        * Math.log(value / first)
                        / Math.log(lines.get(0).values().lastKey() / first);
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - TOP) * Math.log(value / least()) / Math.log(most() / least());
    }

    private double least() {
        return Math.pow(10, Math.floor(Math.log10(values().min().orElse(1))));
    }

    private double most() {
        return Math.max(
                10 * least(), Math.pow(10, Math.ceil(Math.log10(values().max().orElse(10)))));
    }

    private DoubleStream values() {
        return lines.stream().flatMap(each -> each.values().values().stream()).mapToDouble(Double::doubleValue);
    }

    private static double last(Growth growth) {
        return growth.values().get(growth.values().lastKey());
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
