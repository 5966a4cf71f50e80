package dev.gserver.tools.check;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.transcript.TempFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;

/**
 * The main classes of a stage, compiled here: those in its target folder may be old, or missing.
 *
 * @param errors why it does not compile; the classes are none then
 */
record StageClasses(JavaClasses classes, List<Fault> errors) {
    static {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // else ArchUnit's logger says that it logs nowhere
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // the JDK's classes: slow
    }

    static StageClasses compile(Repository repository, Stage stage) throws IOException {
        try (TempFolder folder = TempFolder.create()) {
            List<Fault> errors = compile(repository, stage, folder.path());
            return new StageClasses(new ClassFileImporter().importPath(folder.path()), errors);
        }
    }

    private static List<Fault> compile(Repository repository, Stage stage, Path folder) throws IOException {
        List<Path> paths = repository.files(stage.main()).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
        JavaCompiler compiler = JavaSource.compiler();
        DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(messages, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "-g:source,lines", "-d", folder.toString());
            compiler.getTask(null, files, messages, options, null, files.getJavaFileObjectsFromPaths(paths))
                    .call();
        }
        return messages.getDiagnostics().stream()
                .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
                .map(message -> fault(repository, stage, message))
                .toList();
    }

    private static Fault fault(Repository repository, Stage stage, Diagnostic<? extends JavaFileObject> message) {
        Path file = message.getSource() == null
                ? stage.folder()
                : Path.of(message.getSource().toUri());
        String text = message.getMessage(Locale.ROOT).lines().findFirst().orElse("");
        return new Fault(repository.name(file), (int) Math.max(0, message.getLineNumber()), text);
    }
}
