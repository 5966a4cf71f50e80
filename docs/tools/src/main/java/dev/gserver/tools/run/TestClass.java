package dev.gserver.tools.run;

import dev.gserver.tools.common.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What became of the tests of one class, as Surefire's report says. */
record TestClass(String name, int count, int skipped, List<Failure> failures) {
    /**
     * A test that failed.
     *
     * @param testClass its full name
     * @param test the method's name; of one with parameters and the number of the call: {@code reads(String)[2]}
     * @param type of what it has thrown
     */
    record Failure(String testClass, String test, String type, String message, String stack) {
        private static final Pattern TODO = Pattern.compile("TODO [A-Z][\\w.]*\\.\\w+: .*");

        String method() {
            return test.replaceFirst("\\W.*", "");
        }

        /** The number of the call in brackets, where there are several. */
        String call() {
            return test.replaceFirst("^[^\\[]*", "");
        }

        /** What a learner has not written yet, if that is why it failed. */
        Optional<String> todo() {
            return TODO.matcher(message + "\n" + stack)
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
        List<Failure> failures = elements(suite, "testcase")
                .flatMap(test -> Stream.of("failure", "error")
                        .flatMap(kind -> elements(test, kind))
                        .map(failure -> new Failure(
                                test.getAttribute("classname"),
                                test.getAttribute("name"),
                                failure.getAttribute("type"),
                                failure.getAttribute("message"),
                                failure.getTextContent())))
                .toList();
        return new TestClass(
                simple(suite.getAttribute("name")),
                Integer.parseInt(suite.getAttribute("tests")),
                Integer.parseInt(suite.getAttribute("skipped")),
                failures);
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    static String simple(String className) {
        return className.replaceFirst(".*\\.", "");
    }

    /** One with a TODO, if there is one; else the first. */
    Failure mostTelling() {
        return failures.stream()
                .filter(failure -> failure.todo().isPresent())
                .findFirst()
                .orElse(failures.get(0));
    }
}
