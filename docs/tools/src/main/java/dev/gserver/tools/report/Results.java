package dev.gserver.tools.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results in the forms that other programs read. */
public final class Results {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final String NOT_IN_XML = "[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD]";

    private Results() {}

    /** In a line of its own. */
    public static String json(Result result) {
        return GSON.toJson(result) + "\n";
    }

    /** JUnit's XML, as Surefire writes it and CI systems read it. */
    public static void junit(String suite, List<Result> results, Path file) {
        try (Writer out = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", String.valueOf(results.size()));
            long failed = results.stream().filter(result -> !result.passed()).count();
            xml.writeAttribute("failures", String.valueOf(failed));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            for (Result result : results) {
                write(xml, suite, result);
            }
            xml.writeEndDocument();
            xml.close();
        } catch (IOException e) {
            throw Refusal.ofFile(file + " cannot be written", e);
        } catch (XMLStreamException e) {
            throw Refusal.ofWork(file + " cannot be written: " + e.getMessage());
        }
    }

    private static void write(XMLStreamWriter xml, String suite, Result result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", result.test());
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", result.seconds()));
        if (!result.passed()) {
            xml.writeStartElement("failure");
            String message = result.message().replaceAll(NOT_IN_XML, "?");
            xml.writeAttribute("message", message.lines().findFirst().orElse(""));
            xml.writeAttribute("type", result.step());
            xml.writeCharacters(message);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
