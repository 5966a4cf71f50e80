import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A stage as an exercise: {@code ./course start} makes a folder with the stage before it and holes where its layer goes,
 * {@code ./course test N --on} runs its tests on what fills them.
 *
 * <p>The holes are cut out of the stage itself, each time anew: the compiler's own parser says where the bodies of the
 * methods are, and everything around them stays as it is, comments included.
 */
public final class Exercise {
    private static final int WRONG_USAGE = 2;

    /** Has tests wait less for what does not come: while bodies are missing, most of what they wait for does not. */
    private static final String IMPATIENT = "-Dgserver.patience-ms=2000";

    private Exercise() {}

    /** {@code Exercise REPOSITORY start|test STAGE-FOLDER DIR}; exits with 1 if tests fail, 2 on wrong usage. */
    public static void main(String[] args) throws Exception {
        if (args.length != 4 || !Set.of("start", "test").contains(args[1])) {
            System.err.println("usage: java Exercise.java REPOSITORY start|test STAGE-FOLDER DIR");
            System.exit(WRONG_USAGE);
        }
        Stage stage = new Stage(Path.of(args[0]).toAbsolutePath().normalize(), args[2]);
        Path folder = Path.of(args[3]);
        try {
            System.exit(args[1].equals("start") ? Workspace.start(stage, folder) : TestRun.run(stage, folder));
        } catch (WrongUsage e) {
            System.err.println("course: " + args[1] + ": " + e.getMessage());
            System.exit(WRONG_USAGE);
        }
    }

    /** What was asked for cannot be done; the message is one line. */
    private static final class WrongUsage extends Exception {
        private static final long serialVersionUID = 1L;

        WrongUsage(String message) {
            super(message);
        }
    }

    /** One stage's folder in the repository. */
    record Stage(Path repository, String folder) {
        private static final String SOURCES = "src/main/java";
        private static final String ROOT = "dev/gserver/";
        private static final String SERVER = ROOT + "GServer.java";

        /** The packages that a learner writes: the layers, and what handles their messages. */
        private static final Set<String> WRITTEN = Set.of("listen", "epoll", "threadpool", "send", "timer", "handlers");

        int number() {
            return folder.charAt("stage".length()) - '0';
        }

        String layer() {
            return folder.substring("stageN-".length());
        }

        Path path() {
            return repository.resolve(folder);
        }

        Path sources() {
            return path().resolve(SOURCES);
        }

        boolean isOfLayer(String file) {
            return packageOf(file).equals(layer());
        }

        /**
         * Whether it is there ready, as it is in this stage: what is around the layers, such as the configuration, the
         * status and the demo, and stage 4's package memory. The server itself, which puts the layers together, is not.
         */
        boolean isGiven(String file) {
            return !WRITTEN.contains(packageOf(file)) && !file.equals(SERVER);
        }

        /** The package's own name: {@code epoll}; empty for the root package. */
        static String packageOf(String file) {
            return file.substring(ROOT.length(), Math.max(ROOT.length(), file.lastIndexOf('/')));
        }

        Optional<Stage> previous() throws IOException {
            try (Stream<Path> folders = Files.list(repository)) {
                return folders.map(path -> path.getFileName().toString())
                        .filter(name -> name.startsWith("stage" + (number() - 1) + "-"))
                        .findFirst()
                        .map(name -> new Stage(repository, name));
            }
        }

        /** The names of the test classes, each with its text. */
        Map<String, String> tests() throws IOException {
            Map<String, String> tests = new TreeMap<>();
            for (Map.Entry<String, String> file :
                    readAll(path().resolve("src/test/java")).entrySet()) {
                String name = simpleName(file.getKey());
                if (name.endsWith("Test")) {
                    tests.put(name, file.getValue());
                }
            }
            return tests;
        }
    }

    /** The texts of all files below {@code folder}, by path. */
    static Map<String, String> readAll(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return texts;
    }

    static String simpleName(String file) {
        return file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
    }

    // ------------------------------------------------------------------------------------------------- reading sources

    /** A member of a type with all the text that is its own; a method's is cut in three, so that its body can go. */
    record Member(String key, Tree tree, String head, String body, String rest, Type type) {
        String text() {
            return type == null ? head + body + rest : type.text();
        }

        boolean isLike(Member other) {
            return text().strip().equals(other.text().strip());
        }
    }

    /** A type: the text up to its first member, its members, and the text after the last. */
    record Type(ClassTree tree, String header, List<Member> members, String tail) {
        String text() {
            return header + members.stream().map(Member::text).collect(Collectors.joining()) + tail;
        }

        Member find(String key) {
            return members.stream()
                    .filter(member -> member.key().equals(key))
                    .findFirst()
                    .orElse(null);
        }

        int indexOf(Member member) {
            return members.indexOf(member);
        }
    }

    /** A source file that declares one type. */
    record Source(CompilationUnitTree unit, String text, String prologue, Type type, DocTrees trees) {
        List<String> imports() {
            return unit.getImports().stream().map(Source::line).toList();
        }

        private static String line(ImportTree tree) {
            return "import " + (tree.isStatic() ? "static " : "") + tree.getQualifiedIdentifier() + ";";
        }

        /** The first sentence of the comment on {@code tree}, which is a part of this source; "" if it has none. */
        String firstSentence(Tree tree) {
            DocCommentTree comment = trees.getDocCommentTree(TreePath.getPath(unit, tree));
            if (comment == null) {
                return "";
            }
            String text = comment.getFirstSentence().stream().map(Source::plain).collect(Collectors.joining());
            return text.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
        }

        private static String plain(DocTree part) {
            if (part instanceof com.sun.source.doctree.LiteralTree code) {
                return code.getBody().getBody();
            }
            if (part instanceof LinkTree link) {
                return link.getReference().getSignature().replaceFirst("^#", "").replace('#', '.');
            }
            return part instanceof EntityTree entity && entity.getName().contentEquals("nbsp") ? " " : part.toString();
        }
    }

    /** Cuts source files into their parts, so that each character of the file is in exactly one of them. */
    static final class Splitter {
        private final CompilationUnitTree unit;
        private final String text;
        private final SourcePositions positions;

        private Splitter(CompilationUnitTree unit, SourcePositions positions) throws IOException {
            this.unit = unit;
            this.text = unit.getSourceFile().getCharContent(true).toString();
            this.positions = positions;
        }

        /** The sources below {@code folder}, by path. */
        static Map<String, Source> read(Path folder) throws IOException {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            List<String> names = readAll(folder).keySet().stream()
                    .filter(name -> name.endsWith(".java"))
                    .toList();
            Map<String, Source> sources = new LinkedHashMap<>();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                List<Path> paths = names.stream().map(folder::resolve).toList();
                JavacTask task = (JavacTask) compiler.getTask(
                        null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
                int number = 0;
                for (CompilationUnitTree unit : task.parse()) {
                    sources.put(names.get(number++), read(unit, DocTrees.instance(task)));
                }
            }
            return sources;
        }

        private static Source read(CompilationUnitTree unit, DocTrees trees) throws IOException {
            Splitter splitter = new Splitter(unit, trees.getSourcePositions());
            int start = splitter.lineEnd(splitter.end(unit.getPackage()));
            for (ImportTree tree : unit.getImports()) {
                start = Math.max(start, splitter.lineEnd(splitter.end(tree)));
            }
            String prologue = splitter.text.substring(0, splitter.lineEnd(splitter.end(unit.getPackage())));
            ClassTree tree = (ClassTree) unit.getTypeDecls().get(0);
            return new Source(unit, splitter.text, prologue, splitter.type(tree, start, splitter.text.length()), trees);
        }

        private int start(Tree tree) {
            return (int) positions.getStartPosition(unit, tree);
        }

        private int end(Tree tree) {
            return (int) positions.getEndPosition(unit, tree);
        }

        private int lineEnd(int position) {
            int end = text.indexOf('\n', position);
            return end < 0 ? text.length() : end + 1;
        }

        private Type type(ClassTree tree, int from, int to) {
            int bodyStart = brace(Math.max(start(tree), end(tree.getModifiers()))) + 1;
            List<Tree> trees = new ArrayList<>(tree.getMembers());
            trees.removeIf(member -> start(member) < bodyStart); // a record's components, a constructor not written
            if (trees.isEmpty()) {
                return new Type(tree, text.substring(from, to), List.of(), "");
            }
            int cursor = lineEnd(bodyStart);
            String header = text.substring(from, cursor);
            List<Member> members = new ArrayList<>();
            if (tree.getKind() == Tree.Kind.ENUM) {
                int end = endOfConstants(trees);
                members.add(new Member("constants", tree, text.substring(cursor, end), "", "", null));
                cursor = end;
            }
            for (Tree member : trees) {
                int end = lineEnd(end(member));
                members.add(member(member, cursor, end));
                cursor = end;
            }
            return new Type(tree, header, members, text.substring(cursor, to));
        }

        /** Takes the constants off {@code trees} and returns where the text of the last one ends. */
        private int endOfConstants(List<Tree> trees) {
            int end = 0;
            while (!trees.isEmpty()
                    && trees.get(0) instanceof VariableTree variable
                    && variable.getType() instanceof IdentifierTree
                    && text.startsWith(variable.getName().toString(), start(variable))) {
                end = lineEnd(end(trees.remove(0)));
            }
            return end;
        }

        /** The brace that opens the body of the type whose modifiers end at {@code position}. */
        private int brace(int position) {
            Matcher matcher =
                    Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\\{", Pattern.DOTALL).matcher(text);
            matcher.region(position, text.length());
            while (matcher.find()) {
                if (matcher.group().equals("{")) {
                    return matcher.start();
                }
            }
            throw new IllegalStateException(unit.getSourceFile().getName() + ": a type without a body");
        }

        private Member member(Tree tree, int from, int to) {
            if (tree instanceof ClassTree nested) {
                return new Member("type " + nested.getSimpleName(), tree, "", "", "", type(nested, from, to));
            }
            if (tree instanceof MethodTree method && method.getBody() != null) {
                int start = start(method.getBody());
                int end = end(method.getBody());
                return new Member(
                        key(method),
                        tree,
                        text.substring(from, start),
                        text.substring(start, end),
                        text.substring(end, to),
                        null);
            }
            String key = tree instanceof MethodTree method
                    ? key(method)
                    : tree instanceof VariableTree field ? "field " + field.getName() : "initialiser";
            return new Member(key, tree, text.substring(from, to), "", "", null);
        }

        private static String key(MethodTree method) {
            return method.getName()
                    + method.getParameters().stream()
                            .map(parameter -> parameter.getType().toString())
                            .collect(Collectors.joining(",", "(", ")"));
        }
    }

    // ----------------------------------------------------------------------------------------------- what is to be
    // done

    /** One row of docs/notes-map.md. */
    record Step(String id, int home, String what, String code, String test) {
        private static final Pattern ROW =
                Pattern.compile("\\| `([^`]+)` \\| ([1-5]) \\| ([^|]+) \\| `([^`]+)` \\| `([^`]+)` \\|");

        static List<Step> readAll(Path repository) throws IOException {
            List<Step> steps = new ArrayList<>();
            for (String line : Files.readAllLines(repository.resolve("docs/notes-map.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    steps.add(new Step(
                            row.group(1), Integer.parseInt(row.group(2)), row.group(3), row.group(4), row.group(5)));
                }
            }
            return steps;
        }

        String className() {
            return code.substring(0, code.indexOf('.'));
        }
    }

    /** A body that the learner writes. */
    record Todo(String member, String what, boolean isPrivate) {
        String message() {
            return "TODO " + member + ": " + what;
        }
    }

    /** Says in a line what a method of {@code sources} has to do. */
    static final class Describer {
        private final Map<String, Source> sources;
        private final Map<String, Step> steps = new HashMap<>();

        Describer(Map<String, Source> sources, List<Step> steps) {
            this.sources = sources;
            steps.forEach(step -> this.steps.put(step.id(), step));
        }

        Todo describe(Source source, ClassTree owner, String typeName, MethodTree method) {
            boolean constructor = isConstructor(method);
            String simple = typeName.substring(typeName.lastIndexOf('.') + 1);
            String name = typeName + "." + (constructor ? simple : method.getName());
            boolean isPrivate = method.getModifiers().getFlags().contains(Modifier.PRIVATE);
            return new Todo(name, what(source, owner, method), isPrivate);
        }

        private String what(Source source, ClassTree owner, MethodTree method) {
            return Stream.of(
                            ownComment(source, method),
                            ofSteps(method),
                            inherited(owner, method),
                            ofConstructor(method),
                            ofAccessor(method))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElseGet(() -> words(method) + "; called by " + callers(owner, method));
        }

        /** The first sentence of its comment, unless that says no more than which thread may call it. */
        private static String ownComment(Source source, MethodTree method) {
            String sentence = source.firstSentence(method);
            return sentence.equals("Any thread") ? "" : sentence;
        }

        /** The members of the same class that call it, or hand it on as a method reference. */
        private static String callers(ClassTree owner, MethodTree method) {
            Pattern call = Pattern.compile("(?<!\\.)\\b" + method.getName() + "\\(|::" + method.getName() + "\\b");
            String callers = owner.getMembers().stream()
                    .filter(member ->
                            member != method && call.matcher(member.toString()).find())
                    .map(Describer::nameOf)
                    .distinct()
                    .collect(Collectors.joining(", "));
            return callers.isEmpty() ? "other classes" : callers;
        }

        private static String nameOf(Tree member) {
            if (member instanceof MethodTree method) {
                return isConstructor(method)
                        ? "the constructor"
                        : method.getName().toString();
            }
            return member instanceof VariableTree field ? "the field " + field.getName() : "a nested class";
        }

        /** What the interface says, where the method implements one. */
        private String inherited(ClassTree owner, MethodTree method) {
            if (method.getModifiers().getAnnotations().stream()
                    .noneMatch(annotation -> annotation.toString().startsWith("@Override"))) {
                return "";
            }
            if (method.getName().contentEquals("toString")) {
                return "a short text for log lines and the trace";
            }
            for (Tree parent : owner.getImplementsClause()) {
                for (Map.Entry<String, Source> source : sources.entrySet()) {
                    if (simpleName(source.getKey()).equals(parent.toString())) {
                        String sentence = sentenceOn(method, source.getValue());
                        if (!sentence.isEmpty()) {
                            return sentence;
                        }
                    }
                }
            }
            return "";
        }

        private static String sentenceOn(MethodTree method, Source parent) {
            return parent.type().members().stream()
                    .filter(member -> member.key().startsWith(method.getName() + "("))
                    .map(member -> parent.firstSentence(member.tree()))
                    .findFirst()
                    .orElse("");
        }

        private String ofSteps(MethodTree method) {
            Set<String> ids = new LinkedHashSet<>();
            method.accept(
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                            if (call.getMethodSelect().toString().equals("Trace.step")
                                    && call.getArguments().get(0) instanceof LiteralTree id) {
                                ids.add(id.getValue().toString());
                            }
                            return super.visitMethodInvocation(call, unused);
                        }
                    },
                    null);
            return ids.stream()
                    .filter(steps::containsKey)
                    .map(id -> id + ", " + steps.get(id).what())
                    .collect(Collectors.joining("; "));
        }

        private static String ofConstructor(MethodTree method) {
            if (!isConstructor(method)) {
                return "";
            }
            return method.getParameters().stream()
                    .map(parameter -> parameter.getName().toString())
                    .collect(Collectors.joining(", ", "keeps what it is given: ", ""));
        }

        private static String ofAccessor(MethodTree method) {
            List<? extends StatementTree> statements = method.getBody().getStatements();
            if (statements.size() != 1) {
                return "";
            }
            if (statements.get(0) instanceof ReturnTree
                    && method.getParameters().isEmpty()) {
                boolean question = method.getReturnType().toString().equals("boolean");
                String words = words(method);
                return (question ? "whether " + words.replaceFirst("^is ", "it is ") : "the " + words);
            }
            boolean setter = statements.get(0) instanceof ExpressionStatementTree statement
                    && statement.getExpression() instanceof AssignmentTree;
            return setter ? words(method) : "";
        }

        private static String words(MethodTree method) {
            return method.getName()
                    .toString()
                    .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                    .toLowerCase(Locale.ROOT);
        }
    }

    static boolean isConstructor(MethodTree method) {
        return method.getName().contentEquals("<init>");
    }

    // --------------------------------------------------------------------------------------------------- cutting
    // bodies

    /** Makes the text of one file: what there is already, and a hole for each body that is to be written. */
    static final class Skeleton {
        private static final int WIDTH = 120;

        private final Source source;
        private final Describer describer;
        private final List<Todo> todos = new ArrayList<>();

        Skeleton(Source source, Describer describer) {
            this.source = source;
            this.describer = describer;
        }

        List<Todo> todos() {
            return todos;
        }

        /** A file that is new. */
        String fresh() {
            String body =
                    fresh(source.type(), source.type().tree().getSimpleName().toString());
            return source.prologue() + importsFor(body, source.imports()) + body;
        }

        /**
         * A file that the stage before has too.
         *
         * @param wired whether the bodies that change are those of this stage; those of the one before if not
         */
        String merged(Source before, boolean wired) {
            String name = source.type().tree().getSimpleName().toString();
            String body = merged(before.type(), source.type(), name, wired);
            List<String> imports = new ArrayList<>(source.imports());
            imports.addAll(before.imports());
            return source.prologue() + importsFor(body, imports) + body;
        }

        /** Those of {@code imports} that {@code body} mentions, in their usual order. */
        private static String importsFor(String body, List<String> imports) {
            Set<String> lines = new TreeSet<>(imports);
            lines.removeIf(line -> {
                String name = line.substring(line.lastIndexOf('.') + 1, line.length() - 1);
                return !name.equals("*")
                        && !Pattern.compile("\\b" + name + "\\b").matcher(body).find();
            });
            StringBuilder out = new StringBuilder();
            for (boolean statics : new boolean[] {true, false}) {
                List<String> part = lines.stream()
                        .filter(line -> line.startsWith("import static ") == statics)
                        .toList();
                if (!part.isEmpty()) {
                    out.append('\n').append(String.join("\n", part)).append('\n');
                }
            }
            return out.toString();
        }

        private String fresh(Type type, String name) {
            StringBuilder out = new StringBuilder(type.header());
            for (Member member : type.members()) {
                append(out, type, fresh(type, member, name));
            }
            return out.append(type.tail()).toString();
        }

        private String fresh(Type owner, Member member, String name) {
            if (member.type() != null) {
                return fresh(member.type(), name + "." + member.type().tree().getSimpleName());
            }
            if (member.tree() instanceof VariableTree field) {
                return stays(field) ? member.text() : "";
            }
            if (member.tree() instanceof BlockTree block) {
                return block.isStatic() ? member.text() : "";
            }
            if (!(member.tree() instanceof MethodTree method) || stays(owner.tree(), method)) {
                return member.text();
            }
            Todo todo = describer.describe(source, owner.tree(), name, method);
            todos.add(todo);
            return member.head() + hole(member, method, todo) + member.rest();
        }

        /** Constants are given, as tests count on their values; what an object holds is the learner's to find. */
        private static boolean stays(VariableTree field) {
            Set<Modifier> flags = field.getModifiers().getFlags();
            return flags.containsAll(Set.of(Modifier.STATIC, Modifier.FINAL)) || !flags.contains(Modifier.PRIVATE);
        }

        /** What an interface says is given, and so is what does nothing but pass its arguments on. */
        private static boolean stays(ClassTree owner, MethodTree method) {
            if (method.getBody() == null || owner.getKind() == Tree.Kind.INTERFACE) {
                return true;
            }
            int statements = method.getBody().getStatements().size();
            return statements == 0 || statements == 1 && delegation(method).isPresent();
        }

        /** The call of another constructor that a constructor begins with. */
        private static Optional<StatementTree> delegation(MethodTree method) {
            return method.getBody().getStatements().stream()
                    .limit(isConstructor(method) ? 1 : 0)
                    .filter(statement -> statement instanceof ExpressionStatementTree expression
                            && expression.getExpression() instanceof MethodInvocationTree call
                            && call.getMethodSelect() instanceof IdentifierTree name
                            && List.of("this", "super").contains(name.toString()))
                    .map(StatementTree.class::cast)
                    .findFirst();
        }

        private static String hole(Member member, MethodTree method, Todo todo) {
            int columns = member.head()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .mapToInt(line -> line.length() - line.stripLeading().length())
                    .min()
                    .orElse(0);
            String outer = " ".repeat(columns);
            String inner = outer + "    ";
            String first = delegation(method).map(call -> inner + call + "\n").orElse("");
            return "{\n" + first + thrown(inner, todo.message()) + outer + "}";
        }

        private static String thrown(String indent, String message) {
            String start = indent + "throw new UnsupportedOperationException(";
            String quoted = quote(message);
            if (start.length() + quoted.length() + 2 <= WIDTH) {
                return start + quoted + ");\n";
            }
            String more = indent + "        ";
            StringBuilder out = new StringBuilder(start).append('\n').append(more);
            int room = WIDTH - more.length() - 6;
            String left = message;
            String between = "";
            while (!left.isEmpty()) {
                int cut = left.length() <= room ? left.length() : left.lastIndexOf(' ', room) + 1;
                cut = cut == 0 ? left.length() : cut;
                out.append(between).append(quote(left.substring(0, cut)));
                left = left.substring(cut);
                between = "\n" + more + "        + ";
                room = WIDTH - more.length() - 14;
            }
            return out.append(");\n").toString();
        }

        private static String quote(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }

        private static void append(StringBuilder out, Type type, String text) {
            boolean first = out.length() == type.header().length();
            out.append(first && text.startsWith("\n") ? text.substring(1) : text);
        }

        private String merged(Type before, Type after, String name, boolean wired) {
            StringBuilder out = new StringBuilder(after.header());
            int next = 0;
            for (Member now : after.members()) {
                Member then = before.find(now.key());
                if (then != null && !wired) {
                    int position = before.indexOf(then);
                    appendGone(out, before, after, next, position);
                    next = Math.max(next, position + 1);
                }
                append(out, after, merged(after, then, now, name, wired));
            }
            if (!wired) {
                appendGone(out, before, after, next, before.members().size());
            }
            return out.append(after.tail()).toString();
        }

        private static void appendGone(StringBuilder out, Type before, Type after, int from, int to) {
            for (int i = from; i < to; i++) {
                Member member = before.members().get(i);
                if (after.find(member.key()) == null) {
                    append(out, after, member.text());
                }
            }
        }

        private String merged(Type owner, Member then, Member now, String name, boolean wired) {
            if (then == null) {
                boolean field = now.tree() instanceof VariableTree;
                boolean wiring = field && isPrivate((VariableTree) now.tree());
                return wiring ? wired ? now.text() : "" : fresh(owner, now, name);
            }
            if (now.isLike(then)) {
                return now.text();
            }
            if (now.type() != null) {
                String nested = name + "." + now.type().tree().getSimpleName();
                return merged(then.type(), now.type(), nested, wired);
            }
            if (now.tree() instanceof MethodTree method && !signature(method).equals(signature(then.tree()))) {
                return now.body().equals(then.body()) ? now.text() : fresh(owner, now, name);
            }
            if (now.tree() instanceof MethodTree) {
                return wired ? now.text() : now.head() + then.body() + then.rest();
            }
            return wired ? now.text() : then.text();
        }

        private static boolean isPrivate(VariableTree field) {
            return field.getModifiers().getFlags().contains(Modifier.PRIVATE);
        }

        private static String signature(Tree tree) {
            MethodTree method = (MethodTree) tree;
            return method.getModifiers() + " " + method.getTypeParameters() + " " + method.getReturnType() + " "
                    + method.getParameters() + " " + method.getThrows();
        }
    }

    // -------------------------------------------------------------------------------------------------------- the plan

    /** One file of the exercise. */
    record Piece(
            String file, String text, boolean isNew, List<Todo> todos, String wiring, Set<String> uses, String about) {
        String name() {
            return simpleName(file);
        }

        boolean isTask() {
            return !todos.isEmpty() || !wiring.isEmpty();
        }
    }

    /** All files of the exercise, and the order in which they are best written. */
    static final class Plan {
        private final Stage stage;
        private final List<Step> steps;
        private final List<Piece> pieces = new ArrayList<>();
        private final List<List<Piece>> groups = new ArrayList<>();
        private final Map<String, Set<String>> tests = new HashMap<>();
        private final Set<String> testsOfAll = new TreeSet<>();

        Plan(Stage stage) throws IOException {
            this.stage = stage;
            this.steps = Step.readAll(stage.repository());
            Map<String, Source> after = Splitter.read(stage.sources());
            Map<String, Source> before = new HashMap<>(after);
            Optional<Stage> previous = stage.previous();
            if (previous.isPresent()) {
                before = Splitter.read(previous.get().sources());
            } else {
                before.keySet().removeIf(stage::isOfLayer); // the first layer: all around it is given
            }
            Describer describer = new Describer(after, steps);
            for (Map.Entry<String, Source> source : after.entrySet()) {
                pieces.add(piece(source.getKey(), source.getValue(), before.get(source.getKey()), describer));
            }
            group();
            findTests(previous.isPresent() ? previous.get().tests() : Map.of());
        }

        private Piece piece(String file, Source now, Source then, Describer describer) throws IOException {
            String about = now.firstSentence(now.unit().getTypeDecls().get(0));
            Skeleton skeleton = new Skeleton(now, describer);
            if (stage.isGiven(file) || then != null && then.text().equals(now.text())) {
                return new Piece(file, now.text(), false, List.of(), "", Set.of(), about);
            }
            if (then == null) {
                String text = skeleton.fresh();
                return new Piece(file, text, true, skeleton.todos(), "", namesIn(List.of(now.unit())), about);
            }
            String text = skeleton.merged(then, false);
            String wired = new Skeleton(now, describer).merged(then, true);
            List<Tree> changed = now.type().members().stream()
                    .filter(member -> then.type().find(member.key()) == null
                            || !then.type().find(member.key()).isLike(member))
                    .map(Member::tree)
                    .toList();
            String wiring = text.equals(wired) ? "" : diff(text, wired);
            return new Piece(file, text, false, skeleton.todos(), wiring, namesIn(changed), about);
        }

        private static Set<String> namesIn(List<? extends Tree> trees) {
            Set<String> names = new HashSet<>();
            TreeScanner<Void, Void> scanner = new TreeScanner<>() {
                @Override
                public Void visitIdentifier(IdentifierTree tree, Void unused) {
                    names.add(tree.getName().toString());
                    return null;
                }
            };
            trees.forEach(tree -> scanner.scan(tree, null));
            return names;
        }

        /** The lines that change between two texts, as git shows them. */
        private static String diff(String before, String after) throws IOException {
            Path folder = Files.createTempDirectory("course-");
            try {
                Path from = Files.writeString(folder.resolve("before"), before);
                Path to = Files.writeString(folder.resolve("after"), after);
                Process git = new ProcessBuilder(
                                "git",
                                "diff",
                                "--no-index",
                                "--no-color",
                                "--no-ext-diff",
                                "-U2",
                                from.toString(),
                                to.toString())
                        .redirectErrorStream(true)
                        .start();
                String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return out.substring(out.indexOf("\n@@") + 1).replaceAll("(?m)^@@ .*? @@.*$", "@@");
            } finally {
                delete(folder);
            }
        }

        List<Piece> pieces() {
            return pieces;
        }

        /** The files to write, those that need one another together, what a group needs before it. */
        List<List<Piece>> groups() {
            return groups;
        }

        List<Piece> tasks() {
            return groups.stream().flatMap(List::stream).toList();
        }

        private void group() {
            List<Piece> left =
                    new ArrayList<>(pieces.stream().filter(Piece::isTask).toList());
            left.sort(Comparator.comparing(Piece::isNew).thenComparing(Piece::name));
            Map<String, Set<String>> reach = reach(left);
            while (!left.isEmpty()) {
                Set<String> names = left.stream().map(Piece::name).collect(Collectors.toSet());
                Piece first = left.stream()
                        .filter(piece -> reach.get(piece.name()).stream()
                                .filter(names::contains)
                                .allMatch(other -> reach.get(other).contains(piece.name())))
                        .findFirst()
                        .orElseThrow();
                List<Piece> group = new ArrayList<>(left.stream()
                        .filter(piece ->
                                piece == first || reach.get(first.name()).contains(piece.name()))
                        .toList());
                left.removeAll(group);
                groups.add(sorted(group));
            }
        }

        /** All that each piece needs, and what that needs, and so on. */
        private static Map<String, Set<String>> reach(List<Piece> tasks) {
            Map<String, Set<String>> reach = new HashMap<>();
            Set<String> names = tasks.stream().map(Piece::name).collect(Collectors.toSet());
            for (Piece piece : tasks) {
                Set<String> uses = new HashSet<>(piece.uses());
                uses.retainAll(names);
                uses.remove(piece.name());
                reach.put(piece.name(), uses);
            }
            boolean grows = true;
            while (grows) {
                grows = false;
                for (Set<String> uses : reach.values()) {
                    for (String use : List.copyOf(uses)) {
                        grows |= uses.addAll(reach.get(use));
                    }
                }
            }
            return reach;
        }

        /** In a group each needs the others; whoever needs the fewest goes first. */
        private static List<Piece> sorted(List<Piece> group) {
            List<Piece> result = new ArrayList<>();
            while (result.size() < group.size()) {
                List<Piece> left =
                        group.stream().filter(piece -> !result.contains(piece)).toList();
                result.add(left.stream()
                        .min(Comparator.comparingLong(piece -> left.stream()
                                .filter(other -> other != piece && piece.uses().contains(other.name()))
                                .count()))
                        .orElseThrow());
            }
            return result;
        }

        List<Step> stepsOf(Piece piece) {
            return steps.stream()
                    .filter(step ->
                            step.home() == stage.number() && step.className().equals(piece.name()))
                    .toList();
        }

        /** The tests that pin {@code piece} down. */
        Set<String> testsOf(Piece piece) {
            return tests.getOrDefault(piece.name(), Set.of());
        }

        /** The tests that need all of it. */
        Set<String> testsOfAll() {
            return testsOfAll;
        }

        private void findTests(Map<String, String> before) throws IOException {
            Map<String, String> all = stage.tests();
            Set<String> changed = new TreeSet<>(all.keySet());
            changed.removeIf(name -> all.get(name).equals(before.get(name)));
            testsOfAll.addAll(changed);
            for (Piece piece : tasks()) {
                Set<String> found = new TreeSet<>();
                for (String test : changed) {
                    if (owner(test).equals(piece.name()) || !piece.isNew() && calls(all.get(test), piece)) {
                        found.add(test);
                    }
                }
                stepsOf(piece).forEach(step -> found.add(step.test()));
                tests.put(piece.name(), found);
                testsOfAll.removeAll(found);
            }
        }

        /** The class that a test is named after: EventLoopCloseTest belongs to EventLoop. */
        private String owner(String test) {
            return pieces.stream()
                    .map(Piece::name)
                    .filter(test::startsWith)
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
        }

        private static boolean calls(String test, Piece piece) {
            return piece.todos().stream()
                    .filter(todo -> !todo.isPrivate())
                    .map(todo -> todo.member().substring(todo.member().lastIndexOf('.') + 1))
                    .anyMatch(method -> test.contains("." + method + "("));
        }
    }

    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- the two
    // commands

    /** {@code ./course start N DIR}. */
    static final class Workspace {
        private Workspace() {}

        static int start(Stage stage, Path folder) throws IOException, WrongUsage {
            checkFree(folder);
            Plan plan = new Plan(stage);
            Path home = Files.createDirectories(folder).toRealPath();
            copy(stage.path().resolve("src/test"), home.resolve("src/test"));
            Files.copy(stage.path().resolve("pom.xml"), home.resolve("pom.xml"));
            for (Piece piece : plan.pieces()) {
                Path file = home.resolve(Stage.SOURCES).resolve(piece.file());
                Files.createDirectories(file.getParent());
                Files.writeString(file, piece.text());
            }
            copyMaven(stage.repository(), home);
            Files.writeString(home.resolve(".mvn/maven.config"), IMPATIENT + "\n");
            Files.writeString(home.resolve("TASK.md"), new TaskPage(stage, plan, home).text());
            System.out.printf(
                    "course: %s: stage %d, the layer %s, with %d bodies to write. Read TASK.md there, then: ./mvnw test%n",
                    folder,
                    stage.number(),
                    stage.layer(),
                    plan.tasks().stream()
                            .mapToInt(piece -> piece.todos().size())
                            .sum());
            return 0;
        }

        private static void checkFree(Path folder) throws IOException, WrongUsage {
            boolean free = !Files.exists(folder);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> content = Files.list(folder)) {
                    free = content.findAny().isEmpty();
                }
            }
            if (!free) {
                throw new WrongUsage(folder + " is there already: expected a folder that is empty or does not exist");
            }
        }

        /** So that the folder needs no Maven on the machine. */
        private static void copyMaven(Path repository, Path home) throws IOException {
            copy(repository.resolve(".mvn/wrapper"), home.resolve(".mvn/wrapper"));
            for (String script : List.of("mvnw", "mvnw.cmd")) {
                Files.copy(repository.resolve(script), home.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The page that says what to build. */
    static final class TaskPage {
        private final Stage stage;
        private final Plan plan;
        private final Path home;
        private final StringBuilder out = new StringBuilder();

        TaskPage(Stage stage, Plan plan, Path home) {
            this.stage = stage;
            this.plan = plan;
            this.home = home;
        }

        String text() throws IOException {
            begin();
            int number = 1;
            for (List<Piece> group : plan.groups()) {
                if (group.size() > 1) {
                    line("");
                    line("The classes " + number + " to " + (number + group.size() - 1)
                            + " need one another: their tests pass when all of them are there.");
                }
                for (Piece piece : group) {
                    task(number++, piece);
                }
            }
            end();
            return out.toString();
        }

        private void begin() throws IOException {
            Optional<Stage> previous = stage.previous();
            line("# Stage " + stage.number() + ", " + stage.layer() + ": yours to write");
            line("");
            line("This folder is "
                    + (previous.isPresent() ? "stage " + previous.get().number() : "the frame of a server")
                    + " with holes where the layer `" + stage.layer() + "` goes, and the tests of stage "
                    + stage.number() + ".");
            line(
                    "Types, signatures and their comments are there. A body that you have to write throws an exception whose");
            line("text begins with TODO: so everything compiles, and a test that fails says what is missing.");
            line("");
            line("    ./mvnw test -Dtest=" + aTest() + "   # the tests of one class; without -Dtest: all");
            line("    " + stage.repository().resolve("course") + " test " + stage.number() + " --on " + home);
            line("");
            line(
                    "The second takes the tests from the course, whatever happened to those here, sums up, and says what is");
            line("next.");
            line("");
            line(
                    "- What is not private is fixed, as tests and other classes call it. The private methods are those of the");
            line("  course's own code: keep them, or find others. Which fields a class needs is for you to find out.");
            line("- A class's comment says which threads may use it.");
            line(
                    "- A step of the notes is reported where it happens, with `Trace.step(id, subject, what)`: tests listen for");
            line("  the ids.");
            line("");
            line("## In this order");
        }

        private String aTest() {
            return plan.tasks().stream()
                    .filter(Piece::isNew)
                    .flatMap(piece -> plan.testsOf(piece).stream())
                    .findFirst()
                    .orElse("GServerTest");
        }

        private void task(int number, Piece piece) {
            line("");
            line("### " + number + ". `" + piece.name() + "`" + (piece.isNew() ? "" : ", changed"));
            line("");
            line("`" + Stage.SOURCES + "/" + piece.file() + "`: " + piece.about() + ".");
            if (!piece.todos().isEmpty()) {
                line("");
                line("To write: "
                        + piece.todos().stream()
                                .map(todo -> "`"
                                        + todo.member().substring(piece.name().length() + 1) + "`")
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ".");
            }
            steps(piece);
            tests(piece);
            if (!piece.wiring().isEmpty()) {
                line("");
                line("Lines that change:");
                line("");
                line("```diff");
                out.append(piece.wiring());
                line("```");
            }
        }

        private void steps(Piece piece) {
            List<Step> steps = plan.stepsOf(piece);
            if (!steps.isEmpty()) {
                line("");
                line("| step | what happens | where |");
                line("|---|---|---|");
                steps.forEach(step -> line("| `" + step.id() + "` | " + step.what() + " | `" + step.code() + "` |"));
            }
        }

        private void tests(Piece piece) {
            Set<String> tests = plan.testsOf(piece);
            line("");
            if (!tests.isEmpty()) {
                line("Tests: " + quoted(tests) + ".");
                return;
            }
            Set<String> through = new TreeSet<>();
            for (Piece other : plan.tasks()) {
                if (other.uses().contains(piece.name())) {
                    through.addAll(plan.testsOf(other));
                }
            }
            line(
                    through.isEmpty()
                            ? "Tests: those of the whole server."
                            : "No test of its own; seen by those of the classes that use it: " + quoted(through) + ".");
        }

        private void end() {
            line("");
            line("## When all of it is there");
            line("");
            if (!plan.testsOfAll().isEmpty()) {
                line("These look at the server as a whole: " + quoted(plan.testsOfAll()) + ".");
                line("");
            }
            List<String> given = plan.pieces().stream()
                    .filter(piece -> !piece.isTask() && stage.isOfLayer(piece.file()))
                    .map(Piece::name)
                    .toList();
            if (!given.isEmpty()) {
                line("Given, as there is nothing to write in them: " + quoted(given) + ".");
                line("");
            }
            Set<String> packages = plan.pieces().stream()
                    .map(Piece::file)
                    .filter(stage::isGiven)
                    .map(Stage::packageOf)
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            line("Given ready, as they are no part of the layer: `Main` and the packages " + quoted(packages) + ".");
            line("");
            line("The demo shows what you have written:");
            line("");
            line("    ./mvnw package && java -jar target/gserver.jar demo");
            line("");
            line("The course's own code is in " + stage.sources() + ".");
        }

        private static String quoted(Iterable<String> names) {
            List<String> quoted = new ArrayList<>();
            names.forEach(name -> quoted.add("`" + name + "`"));
            return String.join(", ", quoted);
        }

        private void line(String text) {
            out.append(text).append('\n');
        }
    }

    /** {@code ./course test N --on DIR}. */
    static final class TestRun {
        private static final String MOST_SECONDS = "900"; // if even the guard cannot end it
        private static final Pattern TODO = Pattern.compile("TODO ([A-Z][\\w.]*)\\.\\w+: .*");
        private static final int WIDTH = 150;

        private final Stage stage;
        private final Plan plan;
        private final Path learners;
        private final Path work;
        private final Map<Piece, Integer> todos = new LinkedHashMap<>(); // left in the learner's files

        private TestRun(Stage stage, Path learners, Path work) throws IOException {
            this.stage = stage;
            this.plan = new Plan(stage);
            this.learners = learners;
            this.work = work;
        }

        static int run(Stage stage, Path folder) throws Exception {
            if (!Files.isDirectory(folder.resolve(Stage.SOURCES))) {
                throw new WrongUsage(folder + ": expected a folder with " + Stage.SOURCES + " in it");
            }
            Path work = Files.createTempDirectory("course-").toRealPath();
            Thread cleaner = new Thread(() -> deleteQuietly(work));
            Runtime.getRuntime().addShutdownHook(cleaner);
            return new TestRun(stage, folder.toRealPath(), work).run();
        }

        private static void deleteQuietly(Path folder) {
            try {
                delete(folder);
            } catch (IOException e) {
                System.err.println("course: " + folder + " could not be deleted: " + e.getMessage());
            }
        }

        private int run() throws Exception {
            copy(learners.resolve("src/main"), work.resolve("src/main"));
            copy(stage.path().resolve("src/test"), work.resolve("src/test"));
            Files.copy(stage.path().resolve("pom.xml"), work.resolve("pom.xml"));
            HangGuard.addTo(work);
            countTodos();
            System.out.println("course: running the tests of " + stage.folder() + " on " + learners + " ...");
            long start = System.nanoTime();
            Path log = work.resolve("maven.log");
            int status = maven(log);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            List<TestClass> results = TestClass.readAll(work.resolve("target/surefire-reports"));
            if (results.isEmpty()) {
                return doesNotBuild(log);
            }
            return sumUp(results, status, seconds);
        }

        private void countTodos() throws IOException {
            for (Piece piece : plan.tasks()) {
                Path file = learners.resolve(Stage.SOURCES).resolve(piece.file());
                String text = Files.exists(file) ? Files.readString(file) : "";
                int left = (int) Pattern.compile("\"TODO " + piece.name() + "\\.")
                        .matcher(text)
                        .results()
                        .count();
                if (left > 0) {
                    todos.put(piece, left);
                }
            }
        }

        private int maven(Path log) throws IOException, InterruptedException {
            boolean windows = System.getProperty("os.name").startsWith("Windows");
            String wrapper =
                    stage.repository().resolve(windows ? "mvnw.cmd" : "mvnw").toString();
            String mvn = System.getenv("MVN");
            List<String> command = new ArrayList<>(List.of(
                    mvn == null || mvn.equals("./mvnw") ? wrapper : mvn,
                    "-B",
                    "-ntp",
                    "-Dstyle.color=never",
                    "-Dsurefire.timeout=" + MOST_SECONDS,
                    "-Djunit.jupiter.extensions.autodetection.enabled=true",
                    "-f",
                    work.resolve("pom.xml").toString(),
                    "test"));
            if (!todos.isEmpty()) {
                command.add(IMPATIENT);
            }
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
        }

        /** Prints the compiler's own lines, with the learner's paths in them; everything, if there are none. */
        private int doesNotBuild(Path log) throws IOException {
            List<String> lines = Files.readAllLines(log);
            List<String> errors = lines.stream()
                    .filter(line -> line.startsWith("[ERROR] " + work) || line.startsWith("[WARNING] " + work))
                    .map(line -> line.replaceFirst("^\\[[A-Z]+\\] ", "").replace(work.toString(), learners.toString()))
                    .distinct()
                    .toList();
            (errors.isEmpty() ? lines : errors).forEach(System.out::println);
            System.out.println("FAILED: it does not compile. No tests were run.");
            return 1;
        }

        private int sumUp(List<TestClass> results, int status, long seconds) throws IOException {
            List<TestClass> failing = results.stream().filter(TestClass::fails).toList();
            for (TestClass test : failing) {
                Failure first = test.first();
                System.out.printf(
                        "  %-24s %3d of %3d failed%n",
                        test.name(), test.failures().size(), test.count());
                System.out.println("      " + cut(first.text()));
            }
            int count = results.stream().mapToInt(TestClass::count).sum();
            int skipped = results.stream().mapToInt(TestClass::skipped).sum();
            int failed =
                    failing.stream().mapToInt(test -> test.failures().size()).sum();
            notFinished(results);
            boolean passed = status == 0 && failed == 0;
            System.out.printf(
                    "%s: %d passed, %d failed, %d skipped, in %d s%n",
                    passed ? "passed" : "FAILED", count - failed - skipped, failed, skipped, seconds);
            System.out.println("next: " + (passed ? whenAllPass() : next(failing)));
            return passed ? 0 : 1;
        }

        /** Tells which test hung, and which classes were not run for that. */
        private void notFinished(List<TestClass> results) throws IOException {
            Path hang = work.resolve(HangGuard.REPORT);
            if (Files.exists(hang)) {
                System.out.println("  " + Files.readString(hang));
            }
            Set<String> names = new TreeSet<>(stage.tests().keySet());
            results.forEach(result -> names.remove(result.name()));
            if (!names.isEmpty()) {
                System.out.println("  not finished: " + String.join(", ", names));
            }
        }

        private String whenAllPass() {
            return "compare it with the course's own: git diff --no-index " + learners.resolve("src/main") + " "
                    + stage.path().resolve("src/main");
        }

        /** The first class, in the order of the task, with a body to write; else the first whose tests fail. */
        private String next(List<TestClass> failing) {
            if (!todos.isEmpty()) {
                Map.Entry<Piece, Integer> first = todos.entrySet().iterator().next();
                int left = todos.values().stream().mapToInt(Integer::intValue).sum();
                return "%s, number %d of %d in TASK.md, with %d of the %d bodies that are left to write"
                        .formatted(
                                first.getKey().name(),
                                plan.tasks().indexOf(first.getKey()) + 1,
                                plan.tasks().size(),
                                first.getValue(),
                                left);
            }
            for (Piece piece : plan.tasks()) {
                for (TestClass test : failing) {
                    if (plan.testsOf(piece).contains(test.name())) {
                        return "all bodies are written; " + test.name() + " looks at " + piece.name();
                    }
                }
            }
            return "all bodies are written; are all lines changed that TASK.md lists?";
        }

        private static String cut(String text) {
            return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "\u2026";
        }
    }

    /** Ends a test run in which a test hangs where its time-out, an interrupt, does not reach it; says where it hangs. */
    static final class HangGuard {
        static final String REPORT = "hang.txt";

        private static final String EXTENSION = """
                package dev.gserver;

                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.util.Arrays;
                import java.util.concurrent.Executors;
                import java.util.concurrent.Future;
                import java.util.concurrent.ScheduledExecutorService;
                import java.util.concurrent.TimeUnit;
                import org.junit.jupiter.api.extension.AfterEachCallback;
                import org.junit.jupiter.api.extension.BeforeEachCallback;
                import org.junit.jupiter.api.extension.ExtensionContext;

                public final class HangGuard implements BeforeEachCallback, AfterEachCallback {
                    private static final int SECONDS = 90;

                    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, task -> {
                        Thread thread = new Thread(task, "hang-guard");
                        thread.setDaemon(true);
                        return thread;
                    });
                    private Future<?> end;

                    @Override
                    public void beforeEach(ExtensionContext context) {
                        String test = context.getRequiredTestClass().getSimpleName() + "."
                                + context.getRequiredTestMethod().getName();
                        Thread thread = Thread.currentThread();
                        end = timer.schedule(() -> end(test, thread), SECONDS, TimeUnit.SECONDS);
                    }

                    @Override
                    public void afterEach(ExtensionContext context) {
                        end.cancel(false);
                    }

                    private static void end(String test, Thread thread) {
                        try {
                            String where = Arrays.stream(thread.getStackTrace())
                                    .filter(frame -> frame.getClassName().startsWith("dev.gserver."))
                                    .findFirst()
                                    .map(frame -> ", in " + frame)
                                    .orElse("");
                            Files.writeString(Path.of("REPORT"), test + " hung for " + SECONDS + " s" + where
                                    + "; the classes after it were not run");
                        } catch (java.io.IOException e) {
                            e.printStackTrace();
                        } finally {
                            Runtime.getRuntime().halt(1);
                        }
                    }
                }
                """;

        private HangGuard() {}

        /** Adds it to the tests in {@code project}, beside those of the stage. */
        static void addTo(Path project) throws IOException {
            Path services = project.resolve("src/test/resources/META-INF/services");
            Files.createDirectories(services);
            Files.writeString(services.resolve("org.junit.jupiter.api.extension.Extension"), "dev.gserver.HangGuard");
            Files.writeString(
                    project.resolve("src/test/java/dev/gserver/HangGuard.java"), EXTENSION.replace("REPORT", REPORT));
        }
    }

    /** One test that failed: its name, and why. */
    record Failure(String test, String message, String stack) {
        /** What is to be written, if that is why it failed. */
        Optional<String> todo() {
            Matcher matcher = TestRun.TODO.matcher(message + "\n" + stack);
            return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
        }

        String text() {
            return todo().orElseGet(
                            () -> test + ": " + message.replaceAll("\\s+", " ").strip());
        }
    }

    /** What became of the tests of one class. */
    record TestClass(String name, int count, int skipped, List<Failure> failures) {
        static List<TestClass> readAll(Path reports) throws Exception {
            List<TestClass> results = new ArrayList<>();
            if (Files.isDirectory(reports)) {
                try (Stream<Path> files = Files.list(reports)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".xml"))
                            .sorted()
                            .toList()) {
                        results.add(read(file));
                    }
                }
            }
            return results;
        }

        private static TestClass read(Path file) throws Exception {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            List<Failure> failures = new ArrayList<>();
            for (String kind : List.of("failure", "error")) {
                NodeList nodes = suite.getElementsByTagName(kind);
                for (int i = 0; i < nodes.getLength(); i++) {
                    Element node = (Element) nodes.item(i);
                    String test = ((Element) node.getParentNode()).getAttribute("name");
                    failures.add(new Failure(test, node.getAttribute("message"), node.getTextContent()));
                }
            }
            String name = suite.getAttribute("name");
            return new TestClass(
                    name.substring(name.lastIndexOf('.') + 1),
                    Integer.parseInt(suite.getAttribute("tests")),
                    Integer.parseInt(suite.getAttribute("skipped")),
                    failures);
        }

        boolean fails() {
            return !failures.isEmpty();
        }

        /** The failure that says most: one with a TODO, if there is one. */
        Failure first() {
            return failures.stream()
                    .filter(failure -> failure.todo().isPresent())
                    .findFirst()
                    .orElse(failures.get(0));
        }
    }
}
