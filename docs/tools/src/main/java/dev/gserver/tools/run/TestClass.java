package dev.gserver.tools.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What became of the tests of one class, as Surefire's report says. */
public record TestClass(String name, int count, int skipped, List<TestFailure> failures) {
    /** Those of the reports in a folder, by name. A report that is cut off, as its JVM has died, is left out. */
    public static List<TestClass> readAll(Path reports) throws IOException {
        List<TestClass> results = new ArrayList<>();
        if (Files.isDirectory(reports)) {
            try (Stream<Path> files = Files.list(reports)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".xml"))
                        .sorted()
                        .toList()) {
                    read(file, results);
                }
            }
        }
        return results;
    }

    public String simpleName() {
        return name.replaceFirst(".*\\.", "");
    }

    /** One with a TODO, if there is one; else the first. */
    TestFailure mostTelling() {
        return failures.stream()
                .filter(failure -> failure.todo().isPresent())
                .findFirst()
                .orElse(failures.get(0));
    }

    private static void read(Path file, List<TestClass> results) throws IOException {
        try {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            List<TestFailure> failures = new ArrayList<>();
            for (Element test : elements(suite, "testcase")) {
                Stream.of("failure", "error").forEach(kind -> elements(test, kind).stream()
                        .map(failure -> failure(test, failure))
                        .forEach(failures::add));
            }
            results.add(new TestClass(
                    suite.getAttribute("name"),
                    Integer.parseInt(suite.getAttribute("tests")),
                    Integer.parseInt(suite.getAttribute("skipped")),
                    failures));
        } catch (SAXException e) {
            return;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e); // nothing is configured
        }
    }

    private static TestFailure failure(Element test, Element failure) {
        return new TestFailure(
                test.getAttribute("classname"),
                test.getAttribute("name"),
                failure.getAttribute("type"),
                failure.getAttribute("message"),
                failure.getTextContent());
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
