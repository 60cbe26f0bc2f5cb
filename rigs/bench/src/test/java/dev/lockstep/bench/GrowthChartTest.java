package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GrowthChartTest {

    private static final Offset<Double> PRECISION = Offset.offset(0.2);
    private static final Growth LEVEL = growth("level", 20, 20, 20);
    private static final Growth LINEAR = growth("linear", 20, 200, 2_000);
    private static final Growth BESIDE = growth("<beside> & more", 25, 210, 2_010);

    private static Growth growth(String name, double... values) {
        Map<Long, Double> bySize = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            bySize.put((long) Math.pow(10, 5 + i), values[i]);
        }
        return new Growth(name, new TreeMap<>(bySize));
    }

    private static List<Element> drawn(String tag, Growth... lines) throws Exception {
        String svg = new GrowthChart("sessions", "µs", List.of(lines)).svg();
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static double[][] points(Growth line) throws Exception {
        String text = drawn("polyline", line).get(0).getAttribute("points");
        return List.of(text.split(" ")).stream()
                .map(point -> point.split(","))
                .map(point -> new double[] {Double.parseDouble(point[0]), Double.parseDouble(point[1])})
                .toArray(double[][]::new);
    }

    @Test
    void whatDoesNotGrowIsLevel() throws Exception {
        double[][] points = points(LEVEL);
        assertThat(points).hasDimensions(3, 2);
        assertThat(points[1][1]).isEqualTo(points[0][1]).isEqualTo(points[2][1]);
    }

    @Test
    void aPowerIsAStraightLineThatRises() throws Exception {
        double[][] points = points(LINEAR);
        double first = points[0][1] - points[1][1];
        assertThat(first).isPositive().isEqualTo(points[1][1] - points[2][1], PRECISION);
        assertThat(points[1][0] - points[0][0]).isEqualTo(points[2][0] - points[1][0], PRECISION);
    }

    @Test
    void everyLineHasItsNameAndItsGrowth() throws Exception {
        assertThat(drawn("text", LEVEL, LINEAR, BESIDE))
                .extracting(Element::getTextContent)
                .contains("level, × 1.00", "linear, × 10.00")
                .anyMatch(text -> text.startsWith("<beside> & more"));
    }

    @Test
    void namesOfLinesThatEndTogetherStandApart() throws Exception {
        List<Double> heights = drawn("text", LINEAR, BESIDE).stream()
                .filter(text -> text.getTextContent().contains("×"))
                .map(text -> Double.valueOf(text.getAttribute("y")))
                .toList();
        assertThat(heights).hasSize(2);
        assertThat(Math.abs(heights.get(0) - heights.get(1))).isGreaterThanOrEqualTo(15);
    }

    @Test
    void allOfItIsWithinThePicture() throws Exception {
        double height = Double.parseDouble(drawn("svg", LEVEL).get(0).getAttribute("height"));
        Growth[] many = new Growth[14];
        for (int i = 0; i < many.length; i++) {
            many[i] = growth("line " + i, 10, 10, 10 + i / 100.0);
        }
        assertThat(drawn("text", many))
                .allSatisfy(text ->
                        assertThat(Double.parseDouble(text.getAttribute("y"))).isBetween(0.0, height));
    }
}
