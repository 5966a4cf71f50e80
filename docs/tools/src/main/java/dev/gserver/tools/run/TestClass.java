package dev.gserver.tools.run;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.exercise.Hole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What became of the tests of one class, as Surefire's report says. */
record TestClass(String name, int count, int skipped, List<Case> cases) {
    /**
     * A test, or a call of one with parameters.
     *
     * @param failure why it failed; null if it did not
     */
    record Case(String method, double seconds, Failure failure) {}

    /**
     * A test that failed.
     *
     * @param testClass its full name
     * @param test the method's name; of one with parameters and the number of the call: {@code reads(String)[2]}
     * @param type of what it has thrown
     */
    record Failure(String testClass, String test, String type, String message, String stack) {
        String method() {
            return test.replaceFirst("\\W.*", "");
        }

        /** The number of the call in brackets, where there are several. */
        String call() {
            return test.replaceFirst("^[^\\[]*", "");
        }

        /** What a learner has not written yet, if that is why it failed. */
        Optional<String> todo() {
            return Hole.TEXT
                    .matcher(message + "\n" + stack)
                    .results()
                    .map(MatchResult::group)
                    .findFirst();
        }

        /** What was expected and what came; the type of what was thrown says nothing more if it is an assertion's. */
        String reason() {
            boolean isAssertion = type.endsWith("AssertionError") || type.endsWith("AssertionFailedError");
            String name = type.replaceFirst(".*[.$]", "");
            return todo().orElse(message.isBlank() ? name : isAssertion ? message : name + ": " + message);
        }
    }

    /** Those of the reports in a folder, by name. A report that is cut off, as its JVM has died, is left out. */
    static List<TestClass> readAll(Path reports) throws IOException {
        List<TestClass> results = new ArrayList<>();
        for (Path file : Folders.files(reports)) {
            if (file.toString().endsWith(".xml")) {
                try {
                    results.add(read(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(file.toFile())
                            .getDocumentElement()));
                } catch (SAXException e) {
                    continue;
                } catch (ParserConfigurationException e) {
                    throw new IllegalStateException(e); // nothing is configured
                }
            }
        }
        return results;
    }

    private static TestClass read(Element suite) {
        return new TestClass(
                simple(suite.getAttribute("name")),
                Integer.parseInt(suite.getAttribute("tests")),
                Integer.parseInt(suite.getAttribute("skipped")),
                elements(suite, "testcase").map(TestClass::readCase).toList());
    }

    private static Case readCase(Element test) {
        String name = test.getAttribute("name");
        Failure failure = Stream.of("failure", "error")
                .flatMap(kind -> elements(test, kind))
                .map(found -> new Failure(
                        test.getAttribute("classname"),
                        name,
                        found.getAttribute("type"),
                        found.getAttribute("message"),
                        found.getTextContent()))
                .findFirst()
                .orElse(null);
        String seconds = test.getAttribute("time").replace(",", "");
        return new Case(name, seconds.isEmpty() ? 0 : Double.parseDouble(seconds), failure);
    }

    List<Failure> failures() {
        return cases.stream().map(Case::failure).filter(Objects::nonNull).toList();
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    static String simple(String className) {
        return className.replaceFirst(".*\\.", "");
    }
}
