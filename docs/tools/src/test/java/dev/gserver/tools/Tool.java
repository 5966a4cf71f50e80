package dev.gserver.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/** ./course, called in this process, or in one of its own; and a browser for what it makes. */
public final class Tool {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    /** What a call has printed; with {@code err} alone what it says of itself, not what it says of a build. */
    public record Result(int exitCode, String out, String err) {}

    private Tool() {}

    /** In the checkout in {@code home}, where the user is too. */
    public static Result call(Path home, String... words) {
        return call(new Project(home, home), words);
    }

    public static Result call(Project project, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exitCode = Usage.commandLine(new Course(project, printed), project)
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(err))
                .execute(words);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    public static Result run(ProcessBuilder builder) throws Exception {
        Path err = Files.createTempFile("err", "");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Result result = new Result(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return result;
    }

    /**
     * What a page is after a script at its end has run in a browser, if there is one: left out without, but not in the
     * build that has to see everything.
     */
    public static String look(Path page, String script, String... options) throws Exception {
        Optional<String> browser = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(path -> BROWSERS.stream().map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        if (browser.isEmpty() && "true".equals(System.getenv("CI")) && !Child.isWindows()) {
            fail("expected a browser, one of %s, on the path: with CI=true nothing is left out", BROWSERS);
        }
        assumeTrue(browser.isPresent(), "there is no chromium");
        Path folder = Files.createTempDirectory(page.getParent(), "browser");
        Path checked = folder.resolve("checked.html");
        Files.writeString(checked, Files.readString(page) + "<script>" + script + "</script>");
        List<String> command = new ArrayList<>(List.of(browser.orElseThrow(), "--user-data-dir=" + folder));
        command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"));
        command.addAll(List.of("--disable-sync", "--disable-background-networking", "--disable-component-update"));
        command.addAll(List.of("--window-size=1440,1000"));
        command.addAll(List.of(options));
        command.addAll(
                List.of("--enable-logging=stderr", "--dump-dom", checked.toUri().toString()));
        Result result = run(new ProcessBuilder(command));
        assertThat(result.err().lines().filter(line -> line.contains(":CONSOLE")))
                .isEmpty();
        return result.out();
    }

    /** What a script says of a page, with the help of look.js: nothing but lines that begin with ok. */
    public static List<String> findings(Path page, String script, String... options) throws Exception {
        String seen = look(page, Template.text(Tool.class, "look.js") + script, options);
        List<String> findings =
                Jsoup.parse(seen).select("#findings").text().lines().toList();
        assertThat(findings).isNotEmpty().allSatisfy(line -> assertThat(line).startsWith("ok "));
        return findings;
    }
}
