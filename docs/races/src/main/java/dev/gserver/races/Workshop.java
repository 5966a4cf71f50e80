package dev.gserver.races;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles: each stage and its scenarios once, and the files that a wrong version changes. What is compiled is in
 * docs/races/target/work. Any thread.
 */
final class Workshop {
    private static final List<String> PLAIN = List.of("-proc:none");
    private static final List<String> WITH_RUNNERS =
            List.of("-processor", "org.openjdk.jcstress.infra.processors.JCStressTestProcessor");

    private final Course course;
    private final Path root;
    private final Path work;
    private final String libraries = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)); // a child has a folder of its own
    private final Map<Path, Path> compiled = new ConcurrentHashMap<>();

    Workshop(Course course) {
        this.course = course;
        this.root = course.root();
        this.work = course.target().resolve("work");
    }

    /** The class path of a stage as it is, with its scenarios. */
    String scenarios(int stage) {
        Path classes = once(course.stage(stage).resolve("src/main/java"), libraries);
        String path = classes + File.pathSeparator + libraries;
        return once(course.scenarioSources(stage), path, WITH_RUNNERS) + File.pathSeparator + path;
    }

    /** The class path of a stage as it is, with its own tests. */
    String tests(int stage) {
        Path classes = once(course.stage(stage).resolve("src/main/java"), libraries);
        String path = classes + File.pathSeparator + libraries;
        return once(course.stage(stage).resolve("src/test/java"), path) + File.pathSeparator + path;
    }

    /** Compiles the files that {@code race} changes; returns the folder of their classes, to be put before the others. */
    Path wrong(Race race) {
        Path folder = work.resolve("wrong").resolve(race.name());
        List<Path> sources = new ArrayList<>();
        race.patch().files().forEach((file, hunks) -> {
            Path source = folder.resolve("src").resolve(file);
            sources.add(source);
            try {
                List<String> lines = Files.readAllLines(root.resolve(file));
                Files.createDirectories(source.getParent());
                Files.write(source, Patch.apply(race.name(), file, hunks, lines));
            } catch (IOException e) {
                throw new Refusal(race.name() + ": " + file + " cannot be patched: " + e);
            }
        });
        String path =
                once(course.stage(race.stage()).resolve("src/main/java"), libraries) + File.pathSeparator + libraries;
        return compile(sources, folder.resolve("classes"), path, PLAIN);
    }

    private Path once(Path sources, String classPath) {
        return once(sources, classPath, PLAIN);
    }

    private Path once(Path sources, String classPath, List<String> processing) {
        return compiled.computeIfAbsent(sources, key -> {
            try (Stream<Path> files = Files.walk(sources)) {
                List<Path> java =
                        files.filter(file -> file.toString().endsWith(".java")).toList();
                Path out = work.resolve(root.relativize(sources).toString());
                return compile(java, out, classPath, processing);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Path compile(List<Path> sources, Path out, String classPath, List<String> processing) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(out);
            List<String> options = new ArrayList<>(
                    List.of("--release", "17", "-g", "-nowarn", "-cp", classPath, "-d", out.toString()));
            options.addAll(processing);
            boolean done = compiler.getTask(
                            new StringWriter(),
                            files,
                            faults,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!done) {
                throw new Refusal("it does not compile: "
                        + faults.getDiagnostics().get(0).toString().replaceAll("\\s*\\R\\s*", " "));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
