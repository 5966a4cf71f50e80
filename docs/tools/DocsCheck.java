import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keeps the documentation true: its Java stands in the stages, its links and paths exist, its commands print what the
 * pages say, and both languages say the same. The section for authors in docs/README.md has the conventions.
 *
 * <p>{@code java docs/tools/DocsCheck.java [--fast] [PAGE ...]}, in the root of the repository. {@code --fast} runs no
 * commands; with pages, only theirs is checked. Exit code 1 if something is wrong, 2 on wrong usage.
 */
public final class DocsCheck {
    static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private boolean failed;

    private DocsCheck() {}

    /** Checks all pages, or those named. */
    public static void main(String[] args) throws Exception {
        Repository repository = Repository.read();
        List<String> wanted = new ArrayList<>(List.of(args));
        boolean fast = wanted.remove("--fast");
        for (String name : wanted) {
            if (repository.page(Path.of(name)).isEmpty()) {
                System.err.println("docs check: " + name + ": expected --fast, or a page such as docs/protocol.md");
                System.exit(2);
            }
        }
        Predicate<Page> chosen = page ->
                wanted.isEmpty() || wanted.contains(page.path().toString().replace('\\', '/'));
        DocsCheck check = new DocsCheck();
        check.checkText(repository, chosen);
        if (!fast) {
            check.runCommands(repository, chosen);
        }
        System.exit(check.failed ? 1 : 0);
    }

    private void checkText(Repository repository, Predicate<Page> chosen) throws IOException {
        List<Page> pages = repository.pages().stream().filter(chosen).toList();
        verdict("the pages' Java stands in the stages", new JavaBlocks(repository).check(pages));
        verdict("the pages' links, paths and names exist", new References(repository).check(pages));
        List<Fault> different = new ArrayList<>(new Twins(repository).check());
        different.removeIf(fault -> !chosen.test(fault.page()));
        verdict("both languages have the same blocks and headings", different);
    }

    private void runCommands(Repository repository, Predicate<Page> chosen) throws Exception {
        List<Page> pages = repository.pages().stream()
                .filter(chosen)
                .filter(page ->
                        !repository.isTranslated(page) && page.fences().stream().anyMatch(Fence::isRun))
                .toList();
        if (!pages.isEmpty()) {
            repository.build();
        }
        for (Page page : pages) {
            long start = System.nanoTime();
            try (PageRun run = new PageRun(page)) {
                run.run();
                run.skipped().forEach(fault -> OUT.println("skip  " + fault));
                double seconds = (System.nanoTime() - start) / 1e9;
                verdict(String.format("%s: its commands do what it says (%.1f s)", page, seconds), run.faults());
            }
        }
    }

    private void verdict(String what, List<Fault> faults) {
        OUT.println((faults.isEmpty() ? "ok    " : "FAIL  ") + what);
        for (Fault fault : faults) {
            fault.toString().lines().forEach(line -> OUT.println("      " + line));
        }
        failed |= !faults.isEmpty();
    }
}

/** Something that is not as the page says. */
record Fault(Page page, int line, String text) {
    @Override
    public String toString() {
        return page + ":" + line + ": " + text;
    }
}

/**
 * A fenced block.
 *
 * @param line number of the line that opens it; the first line of the page is number 1
 * @param info what follows the opening marks
 */
record Fence(int line, String info, List<String> lines) {
    String language() {
        return word(0);
    }

    /** The word of that number in the info string; empty if there are not so many. */
    String word(int number) {
        String[] words = info.split("\\s+");
        return number < words.length ? words[number] : "";
    }

    /** Whether it is a transcript that is run again. */
    boolean isRun() {
        return language().equals("console") && !word(1).isEmpty();
    }

    /** Whether it is a file that the reader saves, and the commands after it use. */
    boolean isSaved() {
        return word(1).equals("save");
    }
}

/** One heading, with the anchor that GitHub gives it. */
record Heading(int line, int level, String anchor) {}

/**
 * One page of Markdown.
 *
 * @param path seen from the root of the repository
 * @param prose the page with its fenced blocks blanked out, line by line
 */
record Page(Path path, List<Fence> fences, String prose) {
    private static final Pattern FENCE = Pattern.compile("^(\\s*)(`{3,}|~{3,})\\s*([^`]*)$");
    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}(#{1,6})[ \\t]+(.*?)[ \\t]*#*[ \\t]*$");

    static Page read(Path path) {
        try {
            List<String> lines = Files.readAllLines(path);
            List<Fence> fences = new ArrayList<>();
            StringBuilder prose = new StringBuilder();
            int at = 0;
            while (at < lines.size()) {
                Matcher opening = FENCE.matcher(lines.get(at));
                int next = at + 1;
                if (opening.matches()) {
                    Fence fence = fence(lines, at, opening);
                    fences.add(fence);
                    next = Math.min(at + fence.lines().size() + 2, lines.size());
                }
                prose.append(next == at + 1 ? lines.get(at) : "").append("\n".repeat(next - at));
                at = next;
            }
            return new Page(path, fences, prose.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fence fence(List<String> lines, int at, Matcher opening) {
        int indentation = opening.group(1).length();
        Pattern closing =
                Pattern.compile("\\s*" + opening.group(2) + opening.group(2).charAt(0) + "*\\s*");
        List<String> content = lines.stream()
                .skip(at + 1)
                .takeWhile(line -> !closing.matcher(line).matches())
                .map(line -> line.substring(Math.min(
                        indentation, line.length() - line.stripLeading().length())))
                .toList();
        return new Fence(at + 1, opening.group(3).strip(), content);
    }

    int lineOf(int offset) {
        return 1
                + (int) prose.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** The headings; one that has the text of an earlier one gets a number behind its anchor. */
    List<Heading> headings() {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(prose)
                .results()
                .map(heading -> {
                    String anchor = anchor(heading.group(2));
                    int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
                    return new Heading(
                            lineOf(heading.start(1)),
                            heading.group(1).length(),
                            earlier == 0 ? anchor : anchor + "-" + earlier);
                })
                .toList();
    }

    /** GitHub's rule: small letters; of the rest only letters, digits, _ and - stay; blanks become -. */
    static String anchor(String heading) {
        return heading.replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase()
                .replaceAll("[^\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc} -]", "")
                .replace(' ', '-');
    }

    @Override
    public String toString() {
        return path.toString().replace('\\', '/');
    }
}

/** What the repository holds; the current directory is its root. */
record Repository(List<Page> pages, List<Path> stages) {
    private static final Path DOCS = Path.of("docs");
    private static final Path TRANSLATIONS = DOCS.resolve("zh-CN");

    static Repository read() throws IOException {
        List<Path> stages = list("stage[1-5]-[a-z]+");
        List<Path> pages = new ArrayList<>(list("README.*\\.md"));
        if (Files.isDirectory(DOCS)) {
            try (Stream<Path> files = Files.walk(DOCS)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return new Repository(pages.stream().map(Page::read).toList(), stages);
    }

    private static List<Path> list(String names) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.filter(file -> file.toString().matches(names)).sorted().toList();
        }
    }

    Optional<Page> page(Path path) {
        return pages.stream()
                .filter(page -> page.path().equals(path.normalize()))
                .findFirst();
    }

    /** The folder of a stage that is named by number, {@code stage3} or folder; any other folder as it is. */
    Optional<Path> folder(String name) {
        Optional<Path> stage = stages.stream()
                .filter(path -> path.toString().matches("(stage)?" + Pattern.quote(name) + "(-.*)?"))
                .findFirst();
        return stage.isPresent() ? stage : Optional.of(Path.of(name)).filter(Files::isDirectory);
    }

    /** The stages that {@code page} speaks of: its own where it is a stage's chapter, else all. */
    List<Path> stagesOf(Page page) {
        String name = page.path().getFileName().toString().replaceFirst("\\.md$", "");
        return stages.contains(Path.of(name)) ? List.of(Path.of(name)) : stages;
    }

    /** Files called {@code name}, perhaps with folders before it, below {@code folder}. */
    static List<Path> find(Path folder, String name) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name) && Files.isRegularFile(file))
                    .filter(file -> !folder.relativize(file).startsWith("target"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasTranslations() {
        return Files.isDirectory(TRANSLATIONS);
    }

    boolean isTranslated(Page page) {
        return page.path().startsWith(TRANSLATIONS) || page.toString().equals("README.zh-CN.md");
    }

    /** Where the translation of an English page is, or has to be; only pages right in docs have one, and README.md. */
    Optional<Path> translationOf(Page page) {
        if (page.toString().equals("README.md")) {
            return Optional.of(Path.of("README.zh-CN.md"));
        }
        return Optional.of(page.path())
                .filter(path -> DOCS.equals(path.getParent()))
                .map(path -> TRANSLATIONS.resolve(path.getFileName()));
    }

    /** Builds what the commands run, once and here; each page's copy takes it over. */
    void build() throws Exception {
        for (Path stage : Files.exists(Path.of("course")) ? stages : List.<Path>of()) {
            Process process = new ProcessBuilder("bash", "./course", "run", stage.toString(), "help")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (process.waitFor() != 0) {
                System.err.println("docs check: " + stage + " does not build");
                System.exit(1);
            }
        }
    }
}

/** The fence {@code java STAGE FILE}: its lines stand in that file, one after the other. */
record JavaBlocks(Repository repository) {
    private static final String EXPECTED = "expected the stage and the file, such as: java stage3 ReceiveQueue.java";

    List<Fault> check(List<Page> pages) throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (Page page : pages) {
            for (Fence fence : page.fences()) {
                if (fence.language().equalsIgnoreCase("java") && !fence.isSaved()) {
                    checkBlock(page, fence).ifPresent(faults::add);
                }
            }
        }
        return faults;
    }

    private Optional<Fault> checkBlock(Page page, Fence fence) throws IOException {
        if (fence.info().split("\\s+").length != 3) {
            return fault(page, fence.line(), "'" + fence.info() + "': " + EXPECTED);
        }
        Optional<Path> folder = repository.folder(fence.word(1));
        if (folder.isEmpty()) {
            return fault(page, fence.line(), "'" + fence.word(1) + "' is no stage and no folder; " + EXPECTED);
        }
        List<Path> files = Repository.find(folder.get(), fence.word(2));
        if (files.size() != 1) {
            String found = files.isEmpty() ? "is not there" : "is there more than once: " + files;
            return fault(page, fence.line(), fence.word(2) + " " + found + " in " + folder.get() + "; " + EXPECTED);
        }
        return compare(page, fence, files.get(0));
    }

    private static Optional<Fault> compare(Page page, Fence fence, Path file) throws IOException {
        List<String> source = Files.readAllLines(file);
        int from = 0;
        int begin = 0;
        while (begin < fence.lines().size()) {
            int end = begin;
            while (end < fence.lines().size() && !isGap(fence.lines().get(end))) {
                end++;
            }
            List<String> piece = fence.lines().subList(begin, end);
            int found = position(piece, source, from);
            if (found < 0) {
                int good = goodLines(piece, source, from);
                String text = "not in " + file + (from == 0 ? "" : " after line " + from)
                        + (good == 0 ? "" : ", after the lines before it") + ": "
                        + piece.get(good).strip();
                return fault(page, fence.line() + 1 + begin + good, text);
            }
            from = found + piece.size();
            begin = end + 1;
        }
        return Optional.empty();
    }

    private static boolean isGap(String line) {
        return line.strip().matches("(// )?" + Expected.ANYTHING);
    }

    private static int goodLines(List<String> piece, List<String> source, int from) {
        int good = piece.size() - 1;
        while (good > 0 && position(piece.subList(0, good), source, from) < 0) {
            good--;
        }
        return good;
    }

    /** Where {@code piece} begins in {@code source}, whatever the indentation that its lines share; -1: nowhere. */
    private static int position(List<String> piece, List<String> source, int from) {
        String wanted = String.join("\n", piece).stripIndent();
        return IntStream.rangeClosed(from, source.size() - piece.size())
                .filter(at -> String.join("\n", source.subList(at, at + piece.size()))
                        .stripIndent()
                        .equals(wanted))
                .findFirst()
                .orElse(-1);
    }

    private static Optional<Fault> fault(Page page, int line, String text) {
        return Optional.of(new Fault(page, line, text));
    }
}

/** Links, images, anchors, and what stands in backticks and looks like a path or a name of the stages. */
record References(Repository repository) {
    private static final Pattern CODE =
            Pattern.compile("(?<!`)(`+)(?!`)((?:(?!\\n\\s*\\n).)+?)(?<!`)\\1(?!`)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile(
            "\\]\\(\\s*<?([^()\\s>]+)|(?m:^\\s*\\[[^\\]]+\\]:\\s*(\\S+))|(?:href|src|srcset)=\"([^\"]+)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("([a-z][a-z0-9+.-]*:|//).*");
    private static final Pattern PATH = Pattern.compile("(docs/|stage[1-5]-[a-z]+/|\\.ci/|src/)\\S*");
    private static final Pattern NAME = Pattern.compile("([A-Z]\\w+)\\.([a-zA-Z]\\w+)(\\(.*\\))?");
    private static final Pattern EXPLICIT_ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");
    private static final Pattern QUOTED_FENCE = Pattern.compile("(?m)^\\s*>\\s*(```|~~~)");

    /** A link of a page: where it stands, the path it leads to seen from the root, and the anchor there, or null. */
    record Link(int line, String target, Path path, String anchor) {}

    List<Fault> check(List<Page> pages) throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (Page page : pages) {
            for (Link link : links(page)) {
                problem(link).ifPresent(text -> faults.add(new Fault(page, link.line(), link.target() + ": " + text)));
            }
            CODE.matcher(page.prose()).results().forEach(code -> checkCode(page, code, faults));
            QUOTED_FENCE.matcher(page.prose()).results().forEach(fence -> {
                String text = "a fenced block inside a quotation is not checked; put it outside";
                faults.add(new Fault(page, page.lineOf(fence.start(1)), text));
            });
        }
        return faults;
    }

    /** The links of {@code page} to the repository itself. */
    static List<Link> links(Page page) {
        String prose =
                CODE.matcher(page.prose()).replaceAll(code -> code.group().replaceAll("[^\\n]", " "));
        return LINK.matcher(prose)
                .results()
                .map(link -> link(page, link))
                .filter(link -> !ELSEWHERE.matcher(link.target()).matches())
                .toList();
    }

    private static Link link(Page page, MatchResult link) {
        String target = Stream.of(link.group(1), link.group(2), link.group(3))
                .filter(group -> group != null)
                .findFirst()
                .orElseThrow();
        String[] parts = URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8)
                .split("#", 2);
        Path from = parts[0].startsWith("/") || page.path().getParent() == null
                ? Path.of("")
                : page.path().getParent();
        Path path = parts[0].isEmpty()
                ? page.path()
                : from.resolve(parts[0].replaceFirst("^/", "").split(" ")[0]).normalize();
        return new Link(page.lineOf(link.start()), target, path, parts.length == 1 ? null : parts[1]);
    }

    private Optional<String> problem(Link link) {
        if (link.path().startsWith("..") || !Files.exists(link.path())) {
            return Optional.of("there is no " + link.path());
        }
        Optional<Page> page = repository.page(link.path());
        if (link.anchor() == null || page.isEmpty() || anchors(page.get()).contains(link.anchor())) {
            return Optional.empty();
        }
        return Optional.of("no heading of " + page.get() + " has the anchor #" + link.anchor());
    }

    private static Set<String> anchors(Page page) {
        Set<String> anchors = new HashSet<>();
        page.headings().forEach(heading -> anchors.add(heading.anchor()));
        EXPLICIT_ANCHOR.matcher(page.prose()).results().forEach(anchor -> anchors.add(anchor.group(1)));
        return anchors;
    }

    private void checkCode(Page page, MatchResult code, List<Fault> faults) {
        int line = page.lineOf(code.start());
        for (String word : code.group(2).strip().split("\\s+")) {
            String path = word.replaceFirst("[.,;:]+$", "");
            if (PATH.matcher(path).matches() && !exists(page, path)) {
                faults.add(new Fault(page, line, "`" + path + "`: there is no such path"));
            }
        }
        Matcher name = NAME.matcher(code.group(2));
        if (name.matches() && !name.group(2).equals("java") && !isKnown(page, name.group(1), name.group(2))) {
            faults.add(new Fault(page, line, "`" + code.group(2) + "`: " + name.group(1) + " has no " + name.group(2)));
        }
    }

    private boolean exists(Page page, String path) {
        if (path.matches(".*[*$<>{" + Expected.ANYTHING + "].*") || path.contains("/target")) {
            return true; // a pattern, or made by the build
        }
        return path.startsWith("src/")
                ? repository.stagesOf(page).stream().anyMatch(stage -> Files.exists(stage.resolve(path)))
                : Files.exists(Path.of(path));
    }

    /** Whether a class of that name, if the stages that the page speaks of have one, has that member. */
    private boolean isKnown(Page page, String className, String member) {
        List<Path> files = repository.stagesOf(page).stream()
                .flatMap(stage -> Repository.find(stage, className + ".java").stream())
                .toList();
        Pattern word = Pattern.compile("\\b" + member + "\\b");
        return files.isEmpty()
                || files.stream().anyMatch(file -> word.matcher(code(file)).find());
    }

    /** The code of {@code file}: a name that is left in a comment or a text only is gone. */
    private static String code(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|(?-s)//.*|\"(\\\\.|[^\"\\\\\n])*\"", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

/** A page and its translation have the same blocks and as many headings, and each links to the other near the top. */
record Twins(Repository repository) {
    private static final int NEAR_THE_TOP = 10;

    List<Fault> check() {
        List<Fault> faults = new ArrayList<>();
        Set<Path> paired = new TreeSet<>();
        for (Page page : repository.pages()) {
            Optional<Path> path = repository.translationOf(page);
            Optional<Page> twin = path.flatMap(repository::page);
            if (twin.isPresent()) {
                paired.add(path.get());
                compare(page, twin.get(), faults);
            } else if (path.isPresent() && repository.hasTranslations()) {
                faults.add(new Fault(page, 1, "has no translation; expected " + path.get()));
            }
        }
        repository.pages().stream()
                .filter(page -> repository.isTranslated(page) && !paired.contains(page.path()))
                .forEach(page -> faults.add(new Fault(page, 1, "is the translation of no page")));
        return faults;
    }

    private static void compare(Page page, Page twin, List<Fault> faults) {
        compareBlocks(page, twin, faults);
        Map<Integer, Long> headings = headings(page);
        if (!headings.equals(headings(twin))) {
            String text = "headings by level are " + headings(twin) + ", in " + page + " " + headings;
            faults.add(new Fault(twin, 1, text));
        }
        checkLink(page, twin, faults);
        checkLink(twin, page, faults);
    }

    private static void compareBlocks(Page page, Page twin, List<Fault> faults) {
        int both = Math.min(page.fences().size(), twin.fences().size());
        for (int number = 0; number < both; number++) {
            Fence fence = page.fences().get(number);
            Fence other = twin.fences().get(number);
            if (!fence.info().equals(other.info()) || !comparable(fence).equals(comparable(other))) {
                faults.add(new Fault(twin, other.line(), "this block is not that of " + page + ":" + fence.line()));
                return;
            }
        }
        if (page.fences().size() != twin.fences().size()) {
            String text = twin.fences().size() + " blocks, in " + page + " "
                    + page.fences().size();
            faults.add(new Fault(twin, 1, text));
        }
    }

    /** What has to be the same: all of a block but its # comments; of a picture, nothing. */
    private static List<String> comparable(Fence fence) {
        return fence.lines().stream()
                .filter(line -> !fence.language().equals("mermaid"))
                .map(line -> line.replaceFirst("(^|\\s)# .*", "").stripTrailing())
                .toList();
    }

    private static Map<Integer, Long> headings(Page page) {
        return page.headings().stream()
                .collect(Collectors.groupingBy(Heading::level, TreeMap::new, Collectors.counting()));
    }

    private static void checkLink(Page page, Page twin, List<Fault> faults) {
        boolean linked = References.links(page).stream()
                .anyMatch(link -> link.line() <= NEAR_THE_TOP && link.path().equals(twin.path()));
        if (!linked) {
            faults.add(new Fault(page, 1, "no link to " + twin + " in the first " + NEAR_THE_TOP + " lines"));
        }
    }
}

/** One command of a transcript and what it is said to print. */
record Command(int line, String text, Expected output) {
    /** The commands of a block; what stands before the first of them belongs to a command without text. */
    static List<Command> of(Fence fence) {
        List<Command> commands = new ArrayList<>();
        int at = 0;
        while (at < fence.lines().size()) {
            int line = fence.line() + 1 + at;
            StringBuilder text = new StringBuilder();
            if (fence.lines().get(at).startsWith("$ ")) {
                text.append(fence.lines().get(at++).substring(2));
                while (at < fence.lines().size() && fence.lines().get(at).matches(">( .*)?")) {
                    text.append('\n').append(fence.lines().get(at++).replaceFirst("> ?", ""));
                }
            }
            int begin = at;
            while (at < fence.lines().size() && !fence.lines().get(at).startsWith("$ ")) {
                at++;
            }
            Expected output =
                    new Expected(fence.line() + 1 + begin, fence.lines().subList(begin, at));
            commands.add(new Command(line, text.toString(), output));
        }
        return commands;
    }
}

/**
 * Expected output: {@link #ANYTHING} in a line stands for anything, a line of it alone for any lines.
 *
 * @param line number in its page of the first of {@code lines}
 */
record Expected(int line, List<String> lines) {
    /** The horizontal ellipsis, escaped because the source is read in whatever encoding the system has. */
    static final String ANYTHING = "\u2026";

    /** How far the output agrees: the fewest lines that all of this matches (-1: none do), or else where it ended. */
    record Match(int end, boolean wasAll, int badLine, String wanted, String got) {}

    Expected withoutFirst() {
        return new Expected(line + 1, lines.subList(1, lines.size()));
    }

    Match match(List<String> actual) {
        TreeSet<Integer> ends = new TreeSet<>(Set.of(0));
        for (int number = 0; number < lines.size(); number++) {
            String wanted = lines.get(number).stripTrailing();
            TreeSet<Integer> next = new TreeSet<>();
            if (wanted.equals(ANYTHING)) {
                IntStream.rangeClosed(ends.first(), actual.size()).forEach(next::add);
            } else {
                Pattern pattern = pattern(wanted);
                ends.stream()
                        .filter(end -> end < actual.size()
                                && pattern.matcher(actual.get(end)).matches())
                        .forEach(end -> next.add(end + 1));
            }
            if (next.isEmpty()) {
                int end = ends.first();
                String got = end < actual.size() ? actual.get(end) : "the end";
                return new Match(-1, false, line + number, wanted, got);
            }
            ends = next;
        }
        boolean wasAll = ends.contains(actual.size());
        return new Match(
                ends.first(), wasAll, line + lines.size() - 1, "the end", wasAll ? "" : actual.get(ends.last()));
    }

    private static Pattern pattern(String wanted) {
        return Pattern.compile(
                Stream.of(wanted.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*")) + "\\s*");
    }
}

/**
 * Runs the commands of one page, from top to bottom, in a copy of the repository: {@code console server} in a first
 * terminal where it stays, {@code console run} in a second one. Whole numbers 9000 to 9099 are ports: a free one takes
 * the place of each.
 */
final class PageRun implements AutoCloseable {
    private static final List<String> TOOLS = List.of("nc", "python3", "haproxy", "ss", "ps", "strace", "curl", "lsof");
    private static final int DEFAULT_SECONDS = 60;
    private static final int MOST_LINES_SHOWN = 30;

    private final Page page;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> skipped = new ArrayList<>();
    private final Path scratch = Files.createTempDirectory("docs-check");
    private final Path copy = scratch.resolve("gserver");
    private final Ports ports = new Ports();
    private Terminal server; // null: none is running
    private int serverLinesSeen;

    PageRun(Page page) throws IOException {
        this.page = page;
    }

    List<Fault> faults() {
        return faults;
    }

    List<Fault> skipped() {
        return skipped;
    }

    /** Runs block after block, up to the first that goes wrong: those behind it may need what it did. */
    void run() throws Exception {
        copyRepository();
        for (Fence fence : page.fences()) {
            if (fence.isSaved()) {
                String text = String.join("\n", fence.lines()) + "\n";
                Files.writeString(copy.resolve(fence.word(2)), ports.replace(text));
            } else if (fence.isRun()) {
                runBlock(fence);
            }
            if (!faults.isEmpty() || !skipped.isEmpty()) {
                return;
            }
        }
    }

    private void runBlock(Fence fence) throws Exception {
        String kind = fence.word(1);
        int seconds = fence.word(2).matches("\\d+") ? Integer.parseInt(fence.word(2)) : DEFAULT_SECONDS;
        if (!kind.equals("run") && !kind.equals("server")) {
            fault(fence.line(), "'" + fence.info() + "': expected console run, console server or plain console");
            return;
        }
        List<Command> commands = Command.of(fence);
        Optional<String> missing = missingTool(commands);
        if (missing.isPresent()) {
            skipped.add(new Fault(
                    page,
                    fence.line(),
                    "there is no " + missing.get() + " here; the page's commands from here on are not run"));
        } else if (kind.equals("run")) {
            runCommands(fence, commands, seconds);
        } else {
            runServer(fence, commands, seconds);
        }
    }

    private static Optional<String> missingTool(List<Command> commands) {
        String all = commands.stream().map(Command::text).collect(Collectors.joining("\n"));
        return TOOLS.stream()
                .filter(tool -> Pattern.compile("(^|[\\s(])" + tool + "\\s")
                        .matcher(all)
                        .find())
                .filter(tool -> Stream.of(System.getenv("PATH").split(":"))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool))))
                .findFirst();
    }

    /** One shell for all commands of a block; a line with a mark and a number ends the output of each. */
    private void runCommands(Fence fence, List<Command> commands, int seconds) throws Exception {
        if (commands.isEmpty() || commands.get(0).text().isEmpty()) {
            fault(fence.line() + 1, "expected a command: a line that begins with '$ '");
            return;
        }
        String mark = "==end of the output of command ";
        StringBuilder script = new StringBuilder("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
        for (int number = 0; number < commands.size(); number++) {
            script.append(commands.get(number).text());
            script.append("\nstatus=$?; printf '\\n%s\\n' '")
                    .append(mark)
                    .append(number)
                    .append("'; (exit $status)\n");
        }
        Terminal terminal = open(script.toString(), commands);
        boolean ended = terminal.waitFor(seconds);
        List<String> output = terminal.output();
        int from = 0;
        for (int number = 0; number < commands.size() && faults.isEmpty(); number++) {
            int end = output.indexOf(mark + number);
            List<String> own = output.subList(from, end < 0 ? output.size() : end);
            compare(commands.get(number), own, end < 0 && !ended ? " within " + seconds + " s" : "");
            from = end + 1;
        }
        terminal.close();
    }

    private void compare(Command command, List<String> output, String within) {
        List<String> shown = withoutBlankEnd(output);
        Expected expected = new Expected(
                command.output().line(), withoutBlankEnd(command.output().lines()));
        Expected.Match match = expected.match(shown);
        if (match.end() < 0 || !match.wasAll()) {
            differs(match, shown, within);
        } else if (!within.isEmpty()) {
            fault(command.line(), "has not ended" + within);
        }
    }

    private void runServer(Fence fence, List<Command> commands, int seconds) throws Exception {
        if (commands.size() != 1) {
            fault(fence.line(), "expected one command, which stays in its terminal, or what it prints next");
            return;
        }
        Expected expected = commands.get(0).output();
        if (!commands.get(0).text().isEmpty()) {
            closeServer();
            server = open(commands.get(0).text(), commands);
            serverLinesSeen = 0;
        } else if (server == null) {
            fault(fence.line(), "no server is running; expected '$ ' and the command that starts one");
            return;
        } else if (expected.lines().get(0).equals("^C")) {
            server.end();
            expected = expected.withoutFirst();
        }
        awaitOutput(expected, seconds);
    }

    private void awaitOutput(Expected expected, int seconds) throws Exception {
        long start = System.nanoTime();
        while (true) {
            boolean running = server.isRunning(); // first: what it printed before its end is there then
            List<String> all = server.output();
            List<String> output = all.subList(Math.min(serverLinesSeen, all.size()), all.size());
            Expected.Match match = expected.match(output);
            if (match.end() >= 0) {
                serverLinesSeen += match.end();
                return;
            }
            if (!running || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)) {
                differs(match, output, running ? " within " + seconds + " s" : " before its end");
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void differs(Expected.Match match, List<String> output, String within) {
        String shown = output.stream()
                .limit(MOST_LINES_SHOWN)
                .map(line -> "\n  | " + line)
                .collect(Collectors.joining());
        fault(
                match.badLine(),
                "expected" + within + ": " + match.wanted() + "\n  got: " + match.got() + "\n  of this output:"
                        + (output.size() <= MOST_LINES_SHOWN ? shown : shown + "\n  | and so on"));
    }

    private static List<String> withoutBlankEnd(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return lines.subList(0, end);
    }

    private Terminal open(String script, List<Command> commands) throws IOException {
        String all = commands.stream().map(Command::text).collect(Collectors.joining("\n"));
        boolean namesPorts = all.contains(".properties") || all.contains("listen.ports");
        return new Terminal(scratch, copy, ports, script, namesPorts);
    }

    private void fault(int line, String text) {
        faults.add(new Fault(page, line, text));
    }

    private void copyRepository() throws IOException {
        Path root = Path.of("");
        Files.walkFileTree(root.toAbsolutePath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.endsWith(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copied(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.endsWith(".git")) {
                    Files.copy(file, copied(file), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                Files.setLastModifiedTime(copied(folder), Files.getLastModifiedTime(folder)); // ./course looks at it
                return FileVisitResult.CONTINUE;
            }

            private Path copied(Path file) {
                return copy.resolve(root.toAbsolutePath().relativize(file));
            }
        });
    }

    private void closeServer() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeServer();
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // a program that was still ending has removed it
        }
    }
}

/** A shell that works on a script, and what came of it so far. */
final class Terminal implements AutoCloseable {
    private static final int END_SECONDS = 10;

    private final Process process;
    private final Path outputFile;
    private final Ports ports;

    /** Runs {@code script} in {@code folder}; unless it names the ports itself, servers get those of the page. */
    Terminal(Path scratch, Path folder, Ports ports, String script, boolean namesPorts) throws IOException {
        this.ports = ports;
        Path scriptFile = Files.createTempFile(scratch, "script", ".sh");
        Files.writeString(scriptFile, ports.replace(script) + "\n");
        outputFile = Files.createTempFile(scratch, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", scriptFile.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputFile.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        if (!namesPorts) {
            builder.environment().put("JDK_JAVA_OPTIONS", ports.replace("-Dgserver.listen.ports=9000,9001"));
        }
        process = builder.start();
        process.getOutputStream().close();
    }

    boolean waitFor(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** The whole lines printed so far, with the ports that the page speaks of. */
    List<String> output() throws IOException {
        String text = new String(Files.readAllBytes(outputFile), StandardCharsets.UTF_8);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        return ports.restore(whole)
                .lines()
                .filter(line -> !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS:"))
                .toList();
    }

    /** Asks everything that the shell has started to end, and waits for that. */
    void end() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?> ends =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        ends.completeOnTimeout(null, END_SECONDS, TimeUnit.SECONDS).join();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    @Override
    public void close() {
        end();
    }
}

/** The ports 9000 to 9099 of the pages, and the free ports that stand for them here. */
final class Ports {
    private static final Pattern PORT = Pattern.compile("(?<![\\w.])90\\d\\d(?!\\w|\\.\\d)");
    private static final int LOWEST = 20_000; // below those that systems give to clients
    private static final int COUNT = 10_000;

    private final Random random = new Random();
    private final Map<String, String> real = new HashMap<>();

    String replace(String text) {
        return PORT.matcher(text).replaceAll(port -> real.computeIfAbsent(port.group(), number -> free()));
    }

    String restore(String text) {
        String result = text;
        for (Map.Entry<String, String> entry : real.entrySet()) {
            result = result.replaceAll("(?<!\\d)" + entry.getValue() + "(?!\\d)", entry.getKey());
        }
        return result;
    }

    private String free() {
        while (true) {
            int port = LOWEST + random.nextInt(COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!real.containsValue(Integer.toString(port))) {
                    return Integer.toString(socket.getLocalPort());
                }
            } catch (IOException e) {
                // taken; another one
            }
        }
    }
}
