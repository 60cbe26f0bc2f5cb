package dev.lockstep.docs;

import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What {@code pom.xml} says, its properties resolved. */
final class Pom {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final Document document;
    private final Map<String, String> properties = new HashMap<>();

    private Pom(Document document) {
        this.document = document;
        nodes("/project/properties/*").forEach(each -> properties.put(each.getNodeName(), each.getTextContent()));
    }

    static Pom read() throws Exception {
        return new Pom(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml")));
    }

    /** The same, with a property given on Maven's command line. */
    Pom with(String property, String value) {
        Pom other = new Pom(document);
        other.properties.put(property, value);
        return other;
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
