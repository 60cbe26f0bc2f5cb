package dev.lockstep.bench;

import java.util.List;
import java.util.Locale;

/**
 * A chart of the rows of one unit as horizontal bars, on a logarithmic scale, since what is
 * compared differs by orders of magnitude. Immutable.
 */
public final class Chart {

    private static final int WIDTH = 900;
    private static final int LABELS = 330;
    private static final int BAR = 22;
    private static final int TOP = 40;
    private static final String OURS = "#1f6feb";
    private static final String OTHERS = "#9aa4b2";

    private final String title;
    private final List<Row> rows;
    private final String unit;

    /**
     * @param title may be empty
     * @param rows of which those with the first one's unit are drawn
     */
    public Chart(String title, List<Row> rows) {
        this.title = title.isEmpty() ? "" : title + ": ";
        this.unit = rows.isEmpty() ? "" : rows.get(0).unit();
        this.rows = rows.stream()
                .filter(row -> row.unit().equals(unit) && row.value() > 0)
                .toList();
    }

    public String svg() {
        int height = TOP + rows.size() * BAR + 10;
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH, height));
        svg.append(format(
                "<text x=\"10\" y=\"24\" font-size=\"14\">%s%s, logarithmic scale; Lockstep in blue</text>%n",
                escaped(title), unit));
        for (int i = 0; i < rows.size(); i++) {
            bar(svg, rows.get(i), TOP + i * BAR);
        }
        return svg.append("</svg>\n").toString();
    }

    private void bar(StringBuilder svg, Row row, int y) {
        double length = Math.max(2, scaled(row.value()) * (WIDTH - LABELS - 90));
        svg.append(format("<text x=\"10\" y=\"%d\">%s</text>%n", y + 15, escaped(row.name())));
        svg.append(format(
                "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>%n",
                LABELS, y + 3, length, BAR - 6, row.name().startsWith("lockstep") ? OURS : OTHERS));
        svg.append(format("<text x=\"%.0f\" y=\"%d\">%,.0f</text>%n", LABELS + length + 6, y + 15, row.value()));
    }

    private double scaled(double value) {
        double least = rows.stream().mapToDouble(Row::value).min().orElse(1) / 2;
        double most = rows.stream().mapToDouble(Row::value).max().orElse(1);
        return Math.log(value / least) / Math.log(most / least);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
