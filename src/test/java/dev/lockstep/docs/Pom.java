package dev.lockstep.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a {@code pom.xml} says, its properties and those of its parent resolved. */
final class Pom {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final Document document;
    private final Map<String, String> properties;

    private Pom(Document document, Map<String, String> inherited) {
        this.document = document;
        properties = new HashMap<>(inherited);
        nodes("/project/properties/*").forEach(each -> properties.put(each.getNodeName(), each.getTextContent()));
        nodes("/project/version").forEach(each -> properties.put("project.version", each.getTextContent()));
    }

    /** The product's. */
    static Pom read() {
        return of("pom.xml");
    }

    /** The one in this file, relative to the project. */
    static Pom of(String file) {
        Path parent = Path.of(file).toAbsolutePath().getParent().resolveSibling("pom.xml");
        Document document = parse(Path.of(file));
        boolean inherits = document.getElementsByTagName("parent").getLength() > 0;
        return new Pom(document, inherits && Files.exists(parent) ? of(parent.toString()).properties : Map.of());
    }

    /** The product's, and those of all rigs. */
    static List<Pom> all() {
        return Stream.concat(Stream.of(Path.of("pom.xml")), Block.files(Path.of("rigs"), "pom.xml"))
                .map(file -> of(file.toString()))
                .toList();
    }

    private static Document parse(Path file) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (Exception e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }

    /** The same, with a property given on Maven's command line. */
    Pom with(String property, String value) {
        Pom other = new Pom(document, properties);
        other.properties.put(property, value);
        return other;
    }

    /** What a property says. */
    String property(String name) {
        return resolve(properties.get(name));
    }

    /** The texts of the elements that an XPath expression selects. */
    List<String> select(String expression) {
        return nodes(expression).stream()
                .map(each -> resolve(each.getTextContent()))
                .toList();
    }

    /** The names of the elements that an XPath expression selects. */
    List<String> names(String expression) {
        return nodes(expression).stream().map(Node::getNodeName).toList();
    }

    /**
     * Whatever has a version of its own, such as dependencies and plugins: {@code group:artifact},
     * and that version.
     */
    List<Map.Entry<String, String>> versions() {
        return nodes("//*[artifactId and version[not(starts-with(., '@'))]]").stream()
                .map(each -> Map.entry(
                        text(each, "groupId", "org.apache.maven.plugins") + ":" + text(each, "artifactId", ""),
                        text(each, "version", "")))
                .toList();
    }

    /** What plugins copy or unpack by coordinates, {@code group:artifact:version}. */
    List<String> copied() {
        return select("//artifact").stream()
                .map(coordinates -> coordinates.split(":"))
                .map(parts -> String.join(":", parts[0], parts[1], parts[2]))
                .toList();
    }

    private String text(Node element, String child, String otherwise) {
        NodeList children = element.getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(each -> each.getNodeName().equals(child))
                .map(each -> resolve(each.getTextContent()))
                .findFirst()
                .orElse(otherwise);
    }

    private String resolve(String text) {
        Matcher reference = REFERENCE.matcher(text);
        return reference.replaceAll(each -> Matcher.quoteReplacement(
                properties.containsKey(each.group(1)) ? resolve(properties.get(each.group(1))) : each.group()));
    }

    private List<Node> nodes(String expression) {
        try {
            NodeList found = (NodeList) xpath.evaluate(expression, document, XPathConstants.NODESET);
            return IntStream.range(0, found.getLength()).mapToObj(found::item).toList();
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(expression, e);
        }
    }
}
