package dev.gserver.tools.check;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** How the stages' packages lie on each other, as the compiler sees it: by imports, names, constants and types. */
record Layers(Repository repository) {
    private static final String ROOT = "dev.gserver";
    private static final Map<String, List<String>> BELOW = Map.of(
            "common", List.of(),
            "memory", List.of("common"),
            "listen", List.of("common"),
            "epoll", List.of("common", "listen", "memory"),
            "threadpool", List.of("common", "epoll", "listen", "memory"),
            "send", List.of("common", "epoll", "listen", "memory", "threadpool"),
            "timer", List.of("common", "epoll", "listen", "memory", "send", "threadpool"));
    private static final Set<String> ROOT_CLASSES = Set.of("GServer", "Main");

    /** A package needs another one, first there. They are named without dev.gserver; that itself is the empty name. */
    private record Need(String from, String to, String file, int line) {
        Fault fault(String what) {
            return new Fault(file, line, show(from) + " needs " + show(to) + what);
        }
    }

    List<Verdict> verdicts() {
        List<Fault> errors = new ArrayList<>();
        List<Collection<Need>> needs = new ArrayList<>();
        repository.stages().forEach(stage -> needs.add(needs(stage, errors)));
        return List.of(
                Verdict.of("the stages compile", errors.stream()),
                Verdict.of(
                        "no package needs itself by way of others",
                        needs.stream().flatMap(Layers::rings)),
                Verdict.of("a layer needs only what is below it", needs.stream().flatMap(all -> all.stream()
                        .flatMap(Layers::upwards))),
                Verdict.of(
                        "the root package holds Main and GServer alone",
                        repository.stages().stream().flatMap(this::strangers)));
    }

    private Collection<Need> needs(Stage stage, List<Fault> errors) {
        Map<String, Need> needs = new TreeMap<>(); // by the two names
        var parsed = JavaSource.parse(repository.texts(stage.main()));
        try {
            parsed.task().analyze();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parsed.messages().getDiagnostics().stream()
                .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
                .map(message -> error(stage, message))
                .forEach(errors::add);
        parsed.sources().forEach(source -> new Uses(source, needs).scan(source.unit(), null));
        return needs.values();
    }

    private static Fault error(Stage stage, Diagnostic<? extends JavaFileObject> message) {
        String text = message.getMessage(Locale.ROOT).lines().findFirst().orElse("");
        return message.getSource() == null
                ? new Fault(stage.name(), 0, text)
                : new Fault(message.getSource().toUri().getPath().substring(1), (int) message.getLineNumber(), text);
    }

    /** Notes what the names in a file belong to; an import of all of a package stands for what it may bring. */
    private static final class Uses extends TreePathScanner<Void, Void> {
        private final JavaSource source;
        private final Map<String, Need> needs;
        private final String own;

        Uses(JavaSource source, Map<String, Need> needs) {
            this.source = source;
            this.needs = needs;
            this.own = String.valueOf(source.unit().getPackageName());
        }

        @Override
        public Void scan(Tree tree, Void unused) {
            if (tree instanceof MemberSelectTree all && all.getIdentifier().contentEquals("*")) {
                add(all.getExpression().toString(), tree);
            } else if (tree != null && getCurrentPath() != null) {
                Element element = source.trees().getElement(new TreePath(getCurrentPath(), tree));
                for (Element owner = element; owner != null; owner = owner.getEnclosingElement()) {
                    if (owner instanceof PackageElement && owner != element) {
                        add(owner.toString(), tree);
                    }
                }
            }
            return super.scan(tree, unused);
        }

        private void add(String to, Tree tree) {
            if (!to.equals(own) && (to + ".").startsWith(ROOT + ".")) {
                Need need = new Need(shorter(own), shorter(to), source.path(), source.line(tree));
                needs.putIfAbsent(need.from + " " + need.to, need);
            }
        }

        private static String shorter(String name) {
            return name.replaceFirst("^dev\\.gserver\\.?", "");
        }
    }

    private static String show(String name) {
        return name.isEmpty() ? "the root package" : name;
    }

    private static Stream<Fault> rings(Collection<Need> needs) {
        return needs.stream()
                .filter(need -> leads(needs, need.to, need.from, new TreeSet<>()))
                .map(need -> need.fault(", which needs " + show(need.from) + " in turn, perhaps by way of others"));
    }

    private static boolean leads(Collection<Need> needs, String from, String to, Set<String> seen) {
        return from.equals(to)
                || needs.stream()
                        .filter(need -> need.from.equals(from) && seen.add(need.to))
                        .anyMatch(need -> leads(needs, need.to, to, seen));
    }

    /** A package that is no layer may need what it likes. */
    private static Stream<Fault> upwards(Need need) {
        List<String> allowed = BELOW.getOrDefault(need.from, List.of(need.to));
        String expected = allowed.isEmpty() ? "the JDK" : String.join(", ", allowed);
        return allowed.contains(need.to) ? Stream.of() : Stream.of(need.fault(", expected only " + expected));
    }

    private Stream<Fault> strangers(Stage stage) {
        String text = " is in the root package, expected Main and GServer";
        return repository.sources(stage.main()).stream()
                .filter(source -> String.valueOf(source.unit().getPackageName()).equals(ROOT))
                .flatMap(source -> source.types().stream()
                        .filter(type ->
                                !ROOT_CLASSES.contains(type.getSimpleName().toString()))
                        .map(type -> new Fault(source.path(), source.line(type), type.getSimpleName() + text)));
    }
}
