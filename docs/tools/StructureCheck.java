import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Checks how the stages' main code is put together: which package needs which, and how long classes and methods are.
 *
 * <p>{@code java docs/tools/StructureCheck.java STAGE-FOLDER ...}. Exit code 1 if something is wrong, 2 on wrong usage.
 */
public final class StructureCheck {
    private static final String ROOT = "dev.gserver";
    private static final List<String> LAYERS = List.of("listen", "epoll", "threadpool", "send", "timer");
    private static final String COMMON = "common"; // below all
    private static final String MEMORY = "memory"; // below epoll
    private static final Set<String> ROOT_CLASSES = Set.of("GServer", "Main");
    private static final int MOST_CLASS_LINES = 200;
    private static final int MOST_METHOD_LINES = 25;

    private boolean failed;

    private StructureCheck() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: java docs/tools/StructureCheck.java STAGE-FOLDER ...");
            System.exit(2);
        }
        List<Stage> stages = new ArrayList<>();
        for (String folder : args) {
            stages.add(Stage.read(folder));
        }
        StructureCheck check = new StructureCheck();
        check.verdict("no package needs itself by way of others", stages, StructureCheck::cycles);
        check.verdict("a layer needs only what is below it", stages, StructureCheck::upwards);
        check.verdict("the root package holds Main and GServer alone", stages, StructureCheck::strangers);
        check.verdict("no class has more than " + MOST_CLASS_LINES + " lines of code", stages, StructureCheck::classes);
        check.verdict(
                "no method has more than " + MOST_METHOD_LINES + " lines of code", stages, StructureCheck::methods);
        System.exit(check.failed ? 1 : 0);
    }

    private interface Check {
        List<String> faults(Stage stage);
    }

    private void verdict(String what, List<Stage> stages, Check check) {
        List<String> faults =
                stages.stream().flatMap(stage -> check.faults(stage).stream()).toList();
        System.out.println((faults.isEmpty() ? "ok    " : "FAIL  ") + what);
        faults.forEach(fault -> System.out.println("      " + fault));
        failed |= !faults.isEmpty();
    }

    // ---------------------------------------------------------------------------------------------- what is checked

    /** The shortest ring of packages of each that there are; a ring is told once, from its first package on. */
    private static List<String> cycles(Stage stage) {
        Map<String, Map<String, String>> needs = stage.needs();
        List<String> faults = new ArrayList<>();
        for (String start : needs.keySet()) {
            List<String> ring = wayBack(start, needs);
            if (!ring.isEmpty() && ring.stream().allMatch(name -> name.compareTo(start) >= 0)) {
                StringBuilder text = new StringBuilder(stage.folder + ": " + Source.show(start));
                String from = start;
                for (String to : ring) {
                    text.append(" needs ").append(Source.show(to)).append(" (");
                    text.append(needs.get(from).get(to)).append(")");
                    from = to;
                }
                faults.add(text.toString());
            }
        }
        return faults;
    }

    /** The packages on the shortest way from {@code start} to itself, which is the last of them; empty: there is none. */
    private static List<String> wayBack(String start, Map<String, Map<String, String>> needs) {
        List<List<String>> ways = new ArrayList<>(List.of(List.of()));
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < ways.size(); i++) {
            List<String> way = ways.get(i);
            String at = way.isEmpty() ? start : way.get(way.size() - 1);
            for (String next : needs.getOrDefault(at, Map.of()).keySet()) {
                List<String> longer = new ArrayList<>(way);
                longer.add(next);
                if (next.equals(start)) {
                    return longer;
                }
                if (seen.add(next)) {
                    ways.add(longer);
                }
            }
        }
        return List.of();
    }

    private static List<String> upwards(Stage stage) {
        List<String> faults = new ArrayList<>();
        stage.needs().forEach((name, needed) -> {
            Set<String> allowed = below(name);
            needed.forEach((other, where) -> {
                if (allowed != null && !allowed.contains(other)) {
                    faults.add(where + ": " + name + " needs " + Source.show(other) + ", expected only "
                            + (allowed.isEmpty() ? "the JDK" : String.join(", ", allowed)));
                }
            });
        });
        return faults;
    }

    /** What the package may need; null: it is none of the layers, and may need what it likes. */
    private static Set<String> below(String name) {
        int layer = LAYERS.indexOf(name);
        if (layer < 0) {
            return name.equals(COMMON) ? Set.of() : name.equals(MEMORY) ? Set.of(COMMON) : null;
        }
        Set<String> below = new TreeSet<>(LAYERS.subList(0, layer));
        below.add(COMMON);
        if (layer >= LAYERS.indexOf("epoll")) {
            below.add(MEMORY);
        }
        return below;
    }

    private static List<String> strangers(Stage stage) {
        return stage.sources.stream()
                .filter(source -> source.ownPackage().isEmpty())
                .flatMap(source -> source.unit.getTypeDecls().stream()
                        .filter(ClassTree.class::isInstance)
                        .map(type -> ((ClassTree) type).getSimpleName().toString())
                        .filter(name -> !ROOT_CLASSES.contains(name))
                        .map(name -> source.file + ": " + name + " is in the root package"))
                .toList();
    }

    private static List<String> classes(Stage stage) {
        List<String> faults = new ArrayList<>();
        for (Source source : stage.sources) {
            for (Tree type : source.unit.getTypeDecls()) {
                int lines = source.codeLines(source.start(type), source.end(type));
                if (lines > MOST_CLASS_LINES) {
                    faults.add(source.place(type) + ": " + ((ClassTree) type).getSimpleName() + " has " + lines);
                }
            }
        }
        return faults;
    }

    private static List<String> methods(Stage stage) {
        List<String> faults = new ArrayList<>();
        for (Source source : stage.sources) {
            new TreeScanner<Void, String>() {
                @Override
                public Void visitClass(ClassTree tree, String outer) {
                    for (Tree member : tree.getMembers()) {
                        if (member instanceof BlockTree block) {
                            measure(block, tree.getSimpleName() + ": an initialiser");
                        }
                    }
                    return super.visitClass(tree, tree.getSimpleName().toString());
                }

                @Override
                public Void visitMethod(MethodTree tree, String owner) {
                    boolean constructor = tree.getName().contentEquals("<init>");
                    if (tree.getBody() != null) {
                        measure(
                                tree.getBody(),
                                constructor ? "the constructor of " + owner : owner + "." + tree.getName());
                    }
                    return super.visitMethod(tree, owner);
                }

                private void measure(BlockTree body, String name) {
                    int lines = source.codeLines(source.start(body), source.end(body));
                    if (lines > MOST_METHOD_LINES) {
                        faults.add(source.place(body) + ": " + name + " has " + lines);
                    }
                }
            }.scan(source.unit, "");
        }
        return faults;
    }

    // ---------------------------------------------------------------------------------------------- reading sources

    /** The main code of one stage. */
    private static final class Stage {
        final String folder;
        final List<Source> sources = new ArrayList<>();

        private Stage(String folder) {
            this.folder = folder;
        }

        static Stage read(String folder) throws IOException {
            Stage stage = new Stage(folder);
            List<Path> paths;
            try (Stream<Path> files = Files.walk(Path.of(folder, "src", "main", "java"))) {
                paths = files.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .toList();
            }
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                JavacTask task = (JavacTask) compiler.getTask(
                        null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
                SourcePositions positions = Trees.instance(task).getSourcePositions();
                int number = 0;
                for (CompilationUnitTree unit : task.parse()) {
                    stage.sources.add(new Source(paths.get(number++), unit, positions));
                }
            }
            return stage;
        }

        /** For each package those that it needs, with the first place where it does. */
        Map<String, Map<String, String>> needs() {
            Map<String, Map<String, String>> needs = new TreeMap<>();
            for (Source source : sources) {
                Map<String, String> own = needs.computeIfAbsent(source.ownPackage(), absent -> new TreeMap<>());
                source.needs().forEach(own::putIfAbsent);
            }
            return needs;
        }
    }

    /** One file. */
    private static final class Source {
        /** A type by its full name; the group is its package, without {@link #ROOT}. */
        private static final Pattern TYPE =
                Pattern.compile(Pattern.quote(ROOT) + "((?:\\.[a-z]\\w*)*)\\.(?:[A-Z]\\w*|\\*)(?:\\..*)?");

        /** What is not code: blanks and comments; and, so that they are not taken for comments, literals. */
        private static final Pattern TOKEN = Pattern.compile(
                "\\s+|//[^\\n]*|/\\*.*?\\*/|\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|.",
                Pattern.DOTALL);

        final Path file;
        final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final BitSet code = new BitSet(); // the characters of code
        private final String text;

        Source(Path file, CompilationUnitTree unit, SourcePositions positions) throws IOException {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
            this.text = unit.getSourceFile().getCharContent(true).toString();
            Matcher token = TOKEN.matcher(text);
            while (token.find()) {
                String found = token.group();
                if (!found.isBlank() && !found.startsWith("//") && !found.startsWith("/*")) {
                    code.set(token.start(), token.end());
                }
            }
        }

        /** The package's name without {@link #ROOT}; empty for that itself. */
        String ownPackage() {
            String name = String.valueOf(unit.getPackageName());
            return name.equals(ROOT) ? "" : name.replaceFirst("^" + Pattern.quote(ROOT + "."), "");
        }

        static String show(String name) {
            return name.isEmpty() ? "the root package" : name;
        }

        int start(Tree tree) {
            return (int) positions.getStartPosition(unit, tree);
        }

        int end(Tree tree) {
            return (int) positions.getEndPosition(unit, tree);
        }

        String place(Tree tree) {
            return file + ":" + unit.getLineMap().getLineNumber(start(tree));
        }

        /** How many of the lines between two positions have code on them, those of the positions included. */
        int codeLines(int start, int end) {
            Set<Long> lines = new TreeSet<>();
            for (int i = code.nextSetBit(start); i >= 0 && i < end; i = code.nextSetBit(i + 1)) {
                if (!Character.isWhitespace(text.charAt(i))) { // in a literal of several lines
                    lines.add(unit.getLineMap().getLineNumber(i));
                }
            }
            return lines.size();
        }

        /** The other packages that it needs, by imports or full names, with the place where it does. */
        Map<String, String> needs() {
            Map<String, String> needs = new TreeMap<>();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitPackage(PackageTree tree, Void unused) {
                    return null;
                }

                @Override
                public Void visitImport(ImportTree tree, Void unused) {
                    note(tree, tree.getQualifiedIdentifier().toString());
                    return null;
                }

                @Override
                public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
                    note(tree, tree.toString());
                    return super.visitMemberSelect(tree, unused);
                }

                private void note(Tree tree, String name) {
                    Matcher type = TYPE.matcher(name);
                    if (type.matches()) {
                        String needed = type.group(1).replaceFirst("^\\.", "");
                        if (!needed.equals(ownPackage())) {
                            needs.putIfAbsent(needed, place(tree));
                        }
                    }
                }
            }.scan(unit, null);
            return needs;
        }
    }
}
