import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what changes from one stage to another as one HTML page: {@code ./course diff N M --html}.
 *
 * <p>Git says which lines change; the words that differ between two lines are found here. Beside a file's changes stands
 * what the chapter of the later stage says about them. The page needs nothing but itself.
 */
public final class DiffPage {
    private static final int WRONG_USAGE = 2;

    private DiffPage() {}

    /** {@code DiffPage REPOSITORY FROM-FOLDER TO-FOLDER OUT.html [--tests]}. */
    public static void main(String[] args) throws Exception {
        boolean tests = args.length == 5 && args[4].equals("--tests");
        if (args.length != 4 && !tests) {
            System.err.println("usage: java DiffPage.java REPOSITORY FROM-FOLDER TO-FOLDER OUT.html [--tests]");
            System.exit(WRONG_USAGE);
        }
        Path repository = Path.of(args[0]).toAbsolutePath().normalize();
        Path out = Path.of(args[3]).toAbsolutePath().normalize();
        List<Part> parts = new ArrayList<>();
        for (String folder : tests ? List.of("src/main", "src/test") : List.of("src/main")) {
            List<Change> changes = Git.diff(repository, args[1] + "/" + folder, args[2] + "/" + folder);
            changes.sort(Comparator.comparing(Change::isDemo)); // it shows what is new, so it comes last
            parts.add(new Part(folder, changes));
        }
        Remarks remarks = Remarks.read(repository, args[1], args[2], out.getParent());
        String page = new Page(args[1], args[2], parts, remarks).text();
        try {
            Files.createDirectories(out.getParent());
            Files.writeString(out, page);
        } catch (IOException e) {
            System.err.println("course: diff: " + out + " cannot be written: expected a file in a folder that can be");
            System.exit(WRONG_USAGE);
        }
        System.out.println(out);
    }

    // ------------------------------------------------------------------------------------------------------ what
    // changes

    /** All that changes below one folder of the stages. */
    record Part(String folder, List<Change> changes) {
        int added() {
            return changes.stream().mapToInt(change -> change.count('+')).sum();
        }

        int gone() {
            return changes.stream().mapToInt(change -> change.count('-')).sum();
        }

        long count(String status) {
            return changes.stream()
                    .filter(change -> change.status().equals(status))
                    .count();
        }
    }

    /** One line of a file: in both stages (a blank), gone (-) or new (+). */
    record Line(char kind, String text) {}

    /** One file that differs, with all of its lines; status is new, gone or changed. */
    record Change(String path, String status, List<Line> lines) {
        int count(char kind) {
            return (int) lines.stream().filter(line -> line.kind() == kind).count();
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String folder() {
            return path.substring(0, path.length() - name().length());
        }

        /** The folder as the package that it is, where it is one. */
        String packageName() {
            String marker = "/java/";
            int start = path.indexOf(marker);
            return start < 0
                    ? folder()
                    : folder().substring(start + marker.length())
                            .replaceFirst("/$", "")
                            .replace('/', '.');
        }

        String id() {
            return path.replaceAll("[^A-Za-z0-9]+", "-");
        }

        boolean isDemo() {
            return path.contains("/demo/");
        }

        /** The file before ({@code other} is '-') or after ('+'). */
        List<String> side(char other) {
            return lines.stream()
                    .filter(line -> line.kind() == ' ' || line.kind() == other)
                    .map(Line::text)
                    .toList();
        }
    }

    /** Has git compare two folders and reads what it says. */
    static final class Git {
        private static final String ALL_LINES = "-U1000000";

        private Git() {}

        static List<Change> diff(Path repository, String from, String to) throws IOException, InterruptedException {
            Process git = new ProcessBuilder(
                            "git",
                            "diff",
                            "--no-index",
                            "--no-renames",
                            "--no-color",
                            "--no-ext-diff",
                            ALL_LINES,
                            from,
                            to)
                    .directory(repository.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() > 1) {
                throw new IOException("git diff has failed");
            }
            return read(text.lines().toList(), from, to);
        }

        private static List<Change> read(List<String> lines, String from, String to) {
            List<Change> changes = new ArrayList<>();
            String status = "changed";
            boolean inLines = false;
            for (String line : lines) {
                if (line.startsWith("diff --git ")) {
                    status = "changed";
                    inLines = false;
                    String path = line.substring(line.lastIndexOf(" b/") + 3);
                    String folder = path.startsWith(to + "/") ? to : from;
                    changes.add(new Change(
                            folder.replaceFirst("^[^/]*/", "") + path.substring(folder.length()),
                            status,
                            new ArrayList<>()));
                } else if (inLines) {
                    addLine(changes.get(changes.size() - 1), line);
                } else if (line.startsWith("new file") || line.startsWith("deleted file")) {
                    Change last = changes.remove(changes.size() - 1);
                    changes.add(new Change(last.path(), line.startsWith("new") ? "new" : "gone", last.lines()));
                }
                inLines |= line.startsWith("@@ ");
            }
            return changes;
        }

        private static void addLine(Change change, String line) {
            if (!line.startsWith("\\") && !line.startsWith("@@ ")) { // no newline at the end of the file
                change.lines().add(new Line(line.charAt(0), line.substring(1)));
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- side by side

    /** One row of the table: a line of the stage before, one of the stage after, or both; -1 where there is none. */
    record Row(int before, int after, boolean changed) {}

    /** Puts the lines of a file side by side: a gone line beside the new one that took its place. */
    static final class SideBySide {
        private static final int MOST_PAIRS = 40_000;
        private static final double ALIKE = 0.45;

        private final List<String> before;
        private final List<String> after;
        private final List<Row> rows = new ArrayList<>();

        private SideBySide(Change change) {
            this.before = change.side('-');
            this.after = change.side('+');
        }

        static List<Row> rows(Change change) {
            SideBySide result = new SideBySide(change);
            int before = 0;
            int after = 0;
            int gone = 0;
            int added = 0;
            for (Line line : change.lines()) {
                if (line.kind() == '-') {
                    gone++;
                } else if (line.kind() == '+') {
                    added++;
                } else {
                    result.block(before, gone, after, added);
                    before += gone;
                    after += added;
                    gone = 0;
                    added = 0;
                    result.rows.add(new Row(before++, after++, false));
                }
            }
            result.block(before, gone, after, added);
            return result.rows;
        }

        private void block(int firstBefore, int gone, int firstAfter, int added) {
            int i = 0;
            int j = 0;
            for (int[] pair : pairs(firstBefore, gone, firstAfter, added)) {
                for (; i < pair[0]; i++) {
                    rows.add(new Row(firstBefore + i, -1, true));
                }
                for (; j < pair[1]; j++) {
                    rows.add(new Row(-1, firstAfter + j, true));
                }
                rows.add(new Row(firstBefore + i++, firstAfter + j++, true));
            }
            for (; i < gone; i++) {
                rows.add(new Row(firstBefore + i, -1, true));
            }
            for (; j < added; j++) {
                rows.add(new Row(-1, firstAfter + j, true));
            }
        }

        /** The pairs of lines that are alike, in order, chosen so that all together are as alike as can be. */
        private List<int[]> pairs(int firstBefore, int gone, int firstAfter, int added) {
            if (gone == 0 || added == 0 || gone * added > MOST_PAIRS) {
                return List.of();
            }
            double[][] alike = new double[gone][added];
            double[][] best = new double[gone + 1][added + 1];
            for (int i = gone - 1; i >= 0; i--) {
                for (int j = added - 1; j >= 0; j--) {
                    alike[i][j] = Words.alike(before.get(firstBefore + i), after.get(firstAfter + j));
                    double paired = alike[i][j] < ALIKE ? 0 : alike[i][j] + best[i + 1][j + 1];
                    best[i][j] = Math.max(paired, Math.max(best[i + 1][j], best[i][j + 1]));
                }
            }
            List<int[]> pairs = new ArrayList<>();
            int i = 0;
            int j = 0;
            while (i < gone && j < added) {
                if (alike[i][j] >= ALIKE && best[i][j] == alike[i][j] + best[i + 1][j + 1]) {
                    pairs.add(new int[] {i++, j++});
                } else if (best[i][j] == best[i + 1][j]) {
                    i++;
                } else {
                    j++;
                }
            }
            return pairs;
        }
    }

    /** Compares two lines word by word. */
    static final class Words {
        private static final Pattern WORD = Pattern.compile("\\w+|\\s+|[^\\w\\s]");

        private Words() {}

        static List<String> split(String line) {
            return WORD.matcher(line).results().map(MatchResult::group).toList();
        }

        /** How alike two lines are, from 0 to 1: the share of their characters that is in words of both. */
        static double alike(String one, String other) {
            List<String> words = split(one.strip());
            List<String> others = split(other.strip());
            BitSet common = common(words, others);
            int same = 0;
            int all = 0;
            for (int i = 0; i < words.size(); i++) {
                int length = words.get(i).strip().length();
                all += length;
                same += common.get(i) ? length : 0;
            }
            for (String word : others) {
                all += word.strip().length();
            }
            return all == 0 ? 0 : 2.0 * same / all;
        }

        /** Which characters of {@code line} are not in {@code other}: those to mark. */
        static BitSet marks(String line, String other) {
            List<String> words = split(line);
            BitSet common = common(words, split(other));
            BitSet marks = new BitSet();
            int position = 0;
            for (int i = 0; i < words.size(); i++) {
                int end = position + words.get(i).length();
                boolean between = words.get(i).isBlank() && i > 0 && !common.get(i - 1) && !common.get(i + 1);
                marks.set(
                        position,
                        end,
                        between && i + 1 < words.size()
                                || !common.get(i) && !words.get(i).isBlank());
                position = end;
            }
            return marks;
        }

        /** The words of {@code one} that are in the longest common subsequence of both. */
        private static BitSet common(List<String> one, List<String> other) {
            int[][] best = new int[one.size() + 1][other.size() + 1];
            for (int i = one.size() - 1; i >= 0; i--) {
                for (int j = other.size() - 1; j >= 0; j--) {
                    best[i][j] = one.get(i).equals(other.get(j))
                            ? best[i + 1][j + 1] + weight(one.get(i))
                            : Math.max(best[i + 1][j], best[i][j + 1]);
                }
            }
            BitSet common = new BitSet();
            int i = 0;
            int j = 0;
            while (i < one.size() && j < other.size()) {
                if (one.get(i).equals(other.get(j))) {
                    common.set(i++);
                    j++;
                } else if (best[i + 1][j] >= best[i][j + 1]) {
                    i++;
                } else {
                    j++;
                }
            }
            return common;
        }

        private static int weight(String word) {
            return word.isBlank() ? 1 : 2 + word.length();
        }
    }

    // ------------------------------------------------------------------------------------------------- painting the
    // code

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The lines of one file as HTML, with colours for comments, texts and words of the language. */
    static final class Painter {
        private static final String KEYWORDS = "abstract|assert|boolean|break|byte|case|catch|char|class|continue|"
                + "default|do|double|else|enum|extends|final|finally|float|for|if|implements|import|instanceof|int|"
                + "interface|long|native|new|package|private|protected|public|record|return|short|static|super|switch|"
                + "synchronized|this|throw|throws|transient|try|var|void|volatile|while|true|false|null";
        private static final Pattern TOKEN = Pattern.compile(
                "(?<c>/\\*.*?\\*/|//[^\\n]*)"
                        + "|(?<s>\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')"
                        + "|(?<a>@\\w+)|(?<k>\\b(?:" + KEYWORDS + ")\\b)|(?<n>\\b\\d\\w*)",
                Pattern.DOTALL);
        private static final List<String> CLASSES = List.of("c", "s", "a", "k", "n");
        private static final Pattern BREAK = Pattern.compile("(?<=[\\w)])\\.(?=[a-z])"); // where long lines break best

        private final List<String> lines;
        private final List<Integer> starts = new ArrayList<>();
        private final byte[] classes; // by character: 0, or 1 + the index of its class

        Painter(List<String> lines, boolean java) {
            this.lines = lines;
            int start = 0;
            for (String line : lines) {
                starts.add(start);
                start += line.length() + 1;
            }
            this.classes = new byte[start];
            if (java) {
                classify(String.join("\n", lines));
            }
        }

        private void classify(String text) {
            Matcher matcher = TOKEN.matcher(text);
            while (matcher.find()) {
                for (int i = 0; i < CLASSES.size(); i++) {
                    if (matcher.group(CLASSES.get(i)) != null) {
                        Arrays.fill(classes, matcher.start(), matcher.end(), (byte) (i + 1));
                    }
                }
            }
        }

        /** Line {@code number} with the characters in {@code marks} inside {@code element}, ins or del. */
        String line(int number, BitSet marks, String element) {
            String text = lines.get(number);
            StringBuilder out = new StringBuilder();
            int i = 0;
            while (i < text.length()) {
                boolean marked = marks.get(i);
                int end = marked ? marks.nextClearBit(i) : marks.nextSetBit(i);
                end = end < 0 ? text.length() : Math.min(end, text.length());
                String painted = painted(starts.get(number), text, i, end);
                out.append(marked ? "<" + element + ">" + painted + "</" + element + ">" : painted);
                i = end;
            }
            return out.toString();
        }

        private String painted(int offset, String text, int from, int to) {
            StringBuilder out = new StringBuilder();
            int i = from;
            while (i < to) {
                byte kind = classes[offset + i];
                int end = i;
                while (end < to && classes[offset + end] == kind) {
                    end++;
                }
                String part = BREAK.matcher(escape(text.substring(i, end))).replaceAll("<wbr>.");
                out.append(kind == 0 ? part : "<i class=" + CLASSES.get(kind - 1) + ">" + part + "</i>");
                i = end;
            }
            return out.toString();
        }
    }

    // ------------------------------------------------------------------------------------------------------ the
    // remarks

    /** What the chapter of the later stage says about the files that change, as HTML. */
    record Remarks(String chapter, Map<String, String> byName) {
        private static final String SECTION = "## What changed outside the package";
        private static final Pattern HEADING_FILE = Pattern.compile("`([^`]+)`");

        /** Empty where the stages are not neighbours, or there is no such chapter or section. */
        static Remarks read(Path repository, String from, String to, Path outFolder) throws IOException {
            Path file = repository.resolve("docs").resolve(to + ".md");
            boolean neighbours = to.charAt("stage".length()) - from.charAt("stage".length()) == 1;
            Map<String, String> byName = new LinkedHashMap<>();
            if (!neighbours || !Files.isRegularFile(file)) {
                return new Remarks("", byName);
            }
            Markdown markdown = new Markdown(target -> resolve(target, file, outFolder));
            boolean inSection = false;
            List<String> names = List.of();
            List<String> text = new ArrayList<>();
            for (String line : Stream.concat(Files.readAllLines(file).stream(), Stream.of("# the end"))
                    .toList()) {
                boolean heading = line.matches("#{1,3} .*");
                if (heading) {
                    String html = markdown.blocks(text);
                    names.forEach(name -> byName.merge(name, html, String::concat));
                    text.clear();
                    inSection =
                            inSection && line.startsWith("### ") || line.strip().equals(SECTION);
                    names = inSection && line.startsWith("### ") ? filesIn(line) : List.of();
                } else {
                    text.add(line);
                }
            }
            return new Remarks(byName.isEmpty() ? "" : resolve("", file, outFolder), byName);
        }

        private static List<String> filesIn(String heading) {
            return HEADING_FILE
                    .matcher(heading)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        }

        /** The remark on the file at {@code path}; its heading gives the file's name or the end of its path. */
        String on(String path) {
            return byName.entrySet().stream()
                    .filter(entry -> ("/" + path).endsWith("/" + entry.getKey()))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.joining());
        }

        /** A link of the chapter, as seen from the page; "" for one that is neither a page nor a file. */
        private static String resolve(String target, Path chapter, Path outFolder) {
            if (target.matches("https?://.*")) {
                return target;
            }
            if (target.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
                return "";
            }
            String path = target.replaceFirst("#.*", "");
            Path file = path.isEmpty() ? chapter : chapter.resolveSibling(path).normalize();
            String relative = outFolder.getRoot().equals(file.getRoot())
                    ? outFolder.relativize(file).toString().replace('\\', '/')
                    : file.toUri().toString();
            String encoded =
                    URI.create("x:/").resolve(relative.replace(" ", "%20")).toString();
            return (encoded.startsWith("x:/") ? relative.replace(" ", "%20") : encoded)
                    + target.substring(path.length());
        }
    }

    /** As much of Markdown as a remark needs: paragraphs, lists, blocks of code; code, links and emphasis in a line. */
    static final class Markdown {
        private static final Pattern INLINE = Pattern.compile("`([^`]+)`|\\[([^\\]]*)\\]\\(([^)\\s]*)\\)"
                + "|\\*\\*(\\S|\\S.*?\\S)\\*\\*|\\*(\\S|\\S.*?\\S)\\*|\\b_(\\S|\\S.*?\\S)_\\b");

        private final UnaryOperator<String> links;

        Markdown(UnaryOperator<String> links) {
            this.links = links;
        }

        String blocks(List<String> lines) {
            StringBuilder out = new StringBuilder();
            List<String> block = new ArrayList<>();
            boolean code = false;
            for (String line : lines) {
                boolean fence = line.startsWith("```");
                if (fence || line.isBlank() && !code) {
                    out.append(code ? "<pre>" + escape(String.join("\n", block)) + "</pre>" : block(block));
                    block.clear();
                    code ^= fence;
                } else {
                    block.add(line);
                }
            }
            return out.append(block(block)).toString();
        }

        private String block(List<String> lines) {
            if (lines.isEmpty()) {
                return "";
            }
            if (!lines.get(0).startsWith("- ")) {
                return "<p>" + inline(String.join("\n", lines)) + "</p>";
            }
            return Stream.of(String.join("\n", lines).substring(2).split("\n- "))
                    .map(item -> "<li>" + inline(item) + "</li>")
                    .collect(Collectors.joining("", "<ul>", "</ul>"));
        }

        private String inline(String text) {
            StringBuilder out = new StringBuilder();
            Matcher matcher = INLINE.matcher(text);
            int position = 0;
            while (matcher.find()) {
                out.append(escape(text.substring(position, matcher.start()))).append(span(matcher));
                position = matcher.end();
            }
            return out.append(escape(text.substring(position))).toString();
        }

        private String span(Matcher matcher) {
            if (matcher.group(1) != null) {
                return "<code>" + escape(matcher.group(1)) + "</code>";
            }
            if (matcher.group(2) != null) {
                String target = links.apply(matcher.group(3));
                String label = inline(matcher.group(2));
                return target.isEmpty() ? label : "<a href=\"" + escape(target) + "\">" + label + "</a>";
            }
            if (matcher.group(4) != null) {
                return "<strong>" + inline(matcher.group(4)) + "</strong>";
            }
            return "<em>" + inline(matcher.group(5) != null ? matcher.group(5) : matcher.group(6)) + "</em>";
        }
    }

    // ---------------------------------------------------------------------------------------------------------- the
    // page

    /** Puts the page together. */
    static final class Page {
        private static final int CONTEXT = 3;
        private static final int LEAST_FOLDED = 4;
        private static final BitSet NO_MARKS = new BitSet();

        private final String from;
        private final String to;
        private final List<Part> parts;
        private final Remarks remarks;
        private final StringBuilder out = new StringBuilder();

        Page(String from, String to, List<Part> parts, Remarks remarks) {
            this.from = from;
            this.to = to;
            this.parts = parts;
            this.remarks = remarks;
        }

        String text() {
            out.append(HEAD.replace("TITLE", escape(from + " → " + to)).replace("STYLE", STYLE));
            summary();
            parts.forEach(this::list);
            out.append("</header>\n<main>\n");
            for (Part part : parts) {
                if (parts.size() > 1) {
                    out.append("<h2 class=part>").append(escape(part.folder())).append("</h2>\n");
                }
                part.changes().stream()
                        .filter(change -> change.status().equals("changed"))
                        .forEach(this::changed);
                packages(part, "new").forEach((name, changes) -> newPackage(name, changes, "new"));
                packages(part, "gone").forEach((name, changes) -> newPackage(name, changes, "gone"));
            }
            return out.append("</main>\n<script>")
                    .append(SCRIPT)
                    .append("</script>\n</html>\n")
                    .toString();
        }

        private void summary() {
            out.append("<h1>").append(escape(from)).append(" <span aria-label=to>→</span> ");
            out.append(escape(to)).append("</h1>\n<p>");
            long changed =
                    parts.stream().mapToLong(part -> part.count("changed")).sum();
            long added = parts.stream().mapToLong(part -> part.count("new")).sum();
            long gone = parts.stream().mapToLong(part -> part.count("gone")).sum();
            out.append(number(changed, "file changes", "files change")).append(", ");
            out.append(number(added, "is new", "are new"));
            out.append(gone > 0 ? ", " + number(gone, "is gone", "are gone") : "")
                    .append(": ");
            out.append(counts(
                    parts.stream().mapToInt(Part::added).sum(),
                    parts.stream().mapToInt(Part::gone).sum()));
            out.append(" lines.");
            if (!remarks.chapter().isEmpty()) {
                out.append(" The remarks are those of <a href=\"").append(escape(remarks.chapter()));
                out.append("\">the chapter</a>.");
            }
            out.append(
                    "</p>\n<p class=keys>Keys: <kbd>n</kbd> and <kbd>p</kbd> go to the next and the previous change, ");
            out.append("<kbd>f</kbd> unfolds and folds everything.</p>\n");
        }

        private static String number(long count, String one, String more) {
            return count + " " + (count == 1 ? one : more);
        }

        private static String counts(int added, int gone) {
            return "<span class=plus>+" + added + "</span> <span class=minus>\u2212" + gone + "</span>";
        }

        private void list(Part part) {
            if (part.changes().isEmpty()) {
                out.append("<p>Nothing differs in ")
                        .append(escape(part.folder()))
                        .append(".</p>\n");
                return;
            }
            int most = part.changes().stream()
                    .mapToInt(change -> change.count('+') + change.count('-'))
                    .max()
                    .orElse(1);
            out.append("<table class=files><caption class=sr>Files of ").append(escape(part.folder()));
            out.append("</caption>\n<thead class=sr><tr><th>what<th>file<th>added<th>gone<th>size</thead><tbody>\n");
            for (String status : List.of("changed", "new", "gone")) {
                for (Change change : part.changes()) {
                    if (change.status().equals(status)) {
                        listed(change, most);
                    }
                }
            }
            out.append("</tbody></table>\n");
        }

        private void listed(Change change, int most) {
            out.append("<tr><td><span class=\"badge ").append(change.status()).append("\">");
            out.append(change.status())
                    .append("</span><td><a href=\"#")
                    .append(change.id())
                    .append("\"><span>");
            out.append(escape(change.folder()))
                    .append("</span><wbr><b>")
                    .append(escape(change.name()))
                    .append("</b></a>");
            out.append("<td class=plus>+").append(change.count('+'));
            out.append("<td class=minus>\u2212").append(change.count('-')).append("<td class=bar aria-hidden=true>");
            bar("plus", change.count('+'), most);
            bar("minus", change.count('-'), most);
            out.append('\n');
        }

        private void bar(String kind, int count, int most) {
            if (count > 0) {
                out.append("<i class=").append(kind).append(" style=\"width:");
                out.append(Math.max(2, count * 100 / most)).append("px\"></i>");
            }
        }

        private void changed(Change change) {
            out.append("<section class=file id=\"").append(change.id()).append("\">\n");
            title("h2", change);
            String remark = remarks.on(change.path());
            out.append(
                    remark.isEmpty()
                            ? "<div>"
                            : "<div class=beside><aside aria-label=remark>" + remark + "</aside><div>");
            pairs(change);
            out.append(remark.isEmpty() ? "</div>" : "</div></div>").append("\n</section>\n");
        }

        private void title(String heading, Change change) {
            out.append('<').append(heading).append(" class=title><span>").append(escape(change.folder()));
            out.append("</span><b>").append(escape(change.name())).append("</b> ");
            out.append(counts(change.count('+'), change.count('-')))
                    .append("</")
                    .append(heading)
                    .append(">\n");
        }

        private void pairs(Change change) {
            boolean java = change.name().endsWith(".java");
            Painter before = new Painter(change.side('-'), java);
            Painter after = new Painter(change.side('+'), java);
            List<Row> rows = SideBySide.rows(change);
            int i = 0;
            while (i < rows.size()) {
                int end = i;
                while (end < rows.size() && !rows.get(end).changed()) {
                    end++;
                }
                context(rows, i, end, before, after);
                int start = end;
                while (end < rows.size() && rows.get(end).changed()) {
                    end++;
                }
                if (end > start) {
                    table(rows.subList(start, end), before, after, true);
                }
                i = end;
            }
        }

        /** Lines that do not change: those next to a change are shown, the others folded. */
        private void context(List<Row> rows, int from, int to, Painter before, Painter after) {
            int first = from == 0 ? from : Math.min(to, from + CONTEXT);
            int last = to == rows.size() ? to : Math.max(first, to - CONTEXT);
            if (last - first < LEAST_FOLDED) {
                table(rows.subList(from, to), before, after, false);
                return;
            }
            table(rows.subList(from, first), before, after, false);
            out.append("<details class=fold><summary>").append(number(last - first, "line", "lines"));
            out.append(" unchanged</summary>\n");
            table(rows.subList(first, last), before, after, false);
            out.append("</details>\n");
            table(rows.subList(last, to), before, after, false);
        }

        private void table(List<Row> rows, Painter before, Painter after, boolean change) {
            if (rows.isEmpty()) {
                return;
            }
            out.append(change ? "<table class=\"pair change\" tabindex=-1 aria-label=change>" : "<table class=pair>");
            out.append("<colgroup><col class=ln><col><col class=ln><col></colgroup>\n");
            for (Row row : rows) {
                boolean both = row.changed() && row.before() >= 0 && row.after() >= 0;
                String old = row.before() < 0 ? "" : before.lines.get(row.before());
                String now = row.after() < 0 ? "" : after.lines.get(row.after());
                out.append("<tr>");
                cells(before, row.before(), both ? Words.marks(old, now) : NO_MARKS, row.changed() ? "del" : "");
                cells(after, row.after(), both ? Words.marks(now, old) : NO_MARKS, row.changed() ? "ins" : "");
                out.append('\n');
            }
            out.append("</table>\n");
        }

        private void cells(Painter painter, int line, BitSet marks, String kind) {
            if (line < 0) {
                out.append("<td class=\"ln none\"><td class=none>");
                return;
            }
            String classes = kind.isEmpty() ? "" : " " + kind;
            out.append("<td class=\"ln").append(classes).append("\">").append(line + 1);
            int indent = painter.lines.get(line).length()
                    - painter.lines.get(line).stripLeading().length();
            out.append("<td class=\"t")
                    .append(classes)
                    .append(indent == 0 ? "\">" : "\" style=--indent:" + indent + ">");
            out.append(painter.line(line, marks, kind));
        }

        private Map<String, List<Change>> packages(Part part, String status) {
            return part.changes().stream()
                    .filter(change -> change.status().equals(status))
                    .collect(Collectors.groupingBy(Change::packageName, LinkedHashMap::new, Collectors.toList()));
        }

        private void newPackage(String name, List<Change> changes, String status) {
            char kind = status.equals("new") ? '+' : '-';
            int lines = changes.stream().mapToInt(change -> change.count(kind)).sum();
            out.append("<details class=package><summary tabindex=0 class=change><b>")
                    .append(escape(name));
            out.append("</b> <span class=\"badge ")
                    .append(status)
                    .append("\">")
                    .append(status)
                    .append("</span> ");
            out.append(number(changes.size(), "file", "files")).append(", ").append(number(lines, "line", "lines"));
            out.append(": ")
                    .append(changes.stream()
                            .map(change -> escape(change.name().replaceFirst("\\.java$", "")))
                            .collect(Collectors.joining(", ")));
            out.append("</summary>\n");
            changes.forEach(change -> single(change, kind));
            out.append("</details>\n");
        }

        private void single(Change change, char kind) {
            out.append("<section class=file id=\"").append(change.id()).append("\">\n");
            title("h3", change);
            String remark = remarks.on(change.path());
            if (!remark.isEmpty()) {
                out.append("<div class=beside><aside aria-label=remark>")
                        .append(remark)
                        .append("</aside>");
            }
            Painter painter = new Painter(change.side(kind), change.name().endsWith(".java"));
            out.append("<table class=single><colgroup><col class=ln><col></colgroup>\n");
            for (int line = 0; line < painter.lines.size(); line++) {
                out.append("<tr>");
                cells(painter, line, NO_MARKS, "");
                out.append('\n');
            }
            out.append("</table>").append(remark.isEmpty() ? "" : "</div>").append("\n</section>\n");
        }
    }

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang=en>
            <meta charset=utf-8>
            <meta name=viewport content="width=device-width, initial-scale=1">
            <meta name=color-scheme content="light dark">
            <meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src 'unsafe-inline'; \
            script-src 'unsafe-inline'">
            <title>TITLE</title>
            <style>
            STYLE</style>
            <header>
            """;
    private static final String STYLE = """
            :root {
              --back: #fff; --text: #1f2328; --quiet: #59636e; --line: #d5dae0; --panel: #f5f7f9; --link: #0a58b8;
              --ins: #e3f5e7; --ins-word: #a5e2b4; --ins-text: #116329; --del: #fdeaea; --del-word: #f8bdbb;
              --del-text: #a40e26; --remark: #fff8e1; --remark-edge: #c98a00; --none: #f0f2f4;
              --comment: #5a6570; --string: #0a4b8c; --keyword: #6f3fc2; --annotation: #7a5200; --number: #0a4b8c;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --back: #14171b; --text: #d8dee5; --quiet: #97a1ac; --line: #323941; --panel: #1c2026; --link: #79b4f5;
                --ins: #12301c; --ins-word: #1f6336; --ins-text: #63d183; --del: #3a1a1c; --del-word: #7d2b31;
                --del-text: #ff8d8a; --remark: #2a2517; --remark-edge: #d6a32e; --none: #191c21;
                --comment: #939eaa; --string: #a2cdf7; --keyword: #c9a8fb; --annotation: #e0b868; --number: #a2cdf7;
              }
            }
            * { box-sizing: border-box; }
            html { scroll-padding-top: 3.5rem; }
            body {
              margin: 0 auto; padding: 0 1.5rem 4rem; max-width: 125rem; background: var(--back); color: var(--text);
              font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC",
                "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
            }
            a { color: var(--link); }
            h1 { margin: 1.5rem 0 .5rem; font-size: 1.6rem; line-height: 1.25; }
            h1 span { color: var(--quiet); }
            header p { margin: .3rem 0; }
            .keys { color: var(--quiet); font-size: .9rem; }
            kbd {
              padding: 0 .35em; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px;
              background: var(--panel); color: var(--text); font: .9em ui-monospace, monospace;
            }
            .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
            table { border-collapse: collapse; }
            .plus { color: var(--ins-text); }
            .minus { color: var(--del-text); }
            .plus, .minus { white-space: nowrap; font-variant-numeric: tabular-nums; }
            .badge {
              padding: 0 .5em; border: 1px solid var(--line); border-radius: 1em; color: var(--quiet);
              font-size: .8rem; font-weight: normal;
            }
            .badge.new { border-color: var(--ins-text); color: var(--ins-text); }
            .badge.gone { border-color: var(--del-text); color: var(--del-text); }
            .files { margin: 1.2rem 0; font-size: .92rem; }
            .files td { padding: .12rem .9rem .12rem 0; }
            .files td.plus, .files td.minus { text-align: right; }
            .files a { text-decoration: none; }
            .files a b { white-space: nowrap; }
            .files a:hover b, .files a:focus b { text-decoration: underline; }
            .files a span, .title > span:first-child { color: var(--quiet); font-weight: normal; }
            .bar i { display: inline-block; height: .6rem; }
            .bar .plus { background: var(--ins-text); }
            .bar .minus { background: var(--del-text); }
            .part { margin: 2.5rem 0 0; }
            .file { margin: 1.6rem 0 0; }
            .title {
              position: sticky; top: 0; z-index: 1; margin: 0; padding: .55rem 0; border-bottom: 1px solid var(--line);
              background: var(--back); font-size: 1.02rem; overflow-wrap: anywhere;
            }
            .title .plus, .title .minus { margin-left: .4em; font-size: .9rem; font-weight: normal; }
            aside {
              margin: .8rem 0; padding: .1rem 1rem; border-left: 4px solid var(--remark-edge); background: var(--remark);
              font-size: .95rem; overflow-wrap: break-word;
            }
            aside p, aside ul, aside pre { margin: .7rem 0; }
            aside ul { padding-left: 1.2rem; }
            aside pre { overflow-x: auto; }
            code { font: .9em ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
            @media (min-width: 80rem) {
              .beside { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 0 1.2rem; }
              .beside > aside { position: sticky; top: 3.2rem; order: 2; align-self: start; }
            }
            .pair, .single {
              width: 100%; table-layout: fixed;
              font: .75rem/1.55 ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace;
            }
            col.ln { width: 3.4rem; }
            .ln { padding: 0 .5rem 0 0; color: var(--quiet); text-align: right; vertical-align: top; user-select: none; }
            .t {
              --wrapped: calc(var(--indent, 0) * 1ch + 4ch); padding: 0 .5rem 0 calc(var(--wrapped) + .4rem);
              text-indent: calc(0ch - var(--wrapped)); white-space: pre-wrap; vertical-align: top;
              overflow-wrap: anywhere;
            }
            .ln.ins, .t.ins { background: var(--ins); }
            .ln.del, .t.del { background: var(--del); }
            .ln.ins::after { content: " +"; color: var(--ins-text); }
            .ln.del::after { content: " \\2212"; color: var(--del-text); }
            .none { background: var(--none); }
            .change .none {
              background: repeating-linear-gradient(-45deg, var(--none) 0 4px, var(--back) 4px 8px);
            }
            ins, del { border-radius: 3px; text-decoration: none; }
            ins { background: var(--ins-word); }
            del { background: var(--del-word); }
            .t i { font-style: normal; }
            i.c { color: var(--comment); }
            i.s { color: var(--string); }
            i.k { color: var(--keyword); }
            i.a { color: var(--annotation); }
            i.n { color: var(--number); }
            summary { cursor: pointer; }
            .fold > summary {
              padding: .1rem .8rem; background: var(--panel); color: var(--quiet); font-size: .82rem;
            }
            .package { margin: 1.6rem 0 0; border: 1px solid var(--line); border-radius: 6px; }
            .package > summary { padding: .7rem 1rem; background: var(--panel); border-radius: 6px; color: var(--quiet); }
            .package > summary b { color: var(--text); }
            .package > .file { margin: 0 1rem 1.5rem; }
            .single .t { max-width: 125ch; }
            :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
            @media (max-width: 50rem) {
              body { padding: 0 .6rem 3rem; }
              col.ln { width: 2.6rem; }
              .bar { display: none; }
            }
            """;
    private static final String SCRIPT = """
            const stops = [...document.querySelectorAll('.change')];
            let current = -1;
            function open(element) {
              for (let e = element; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
            }
            function go(step) {
              current = Math.min(Math.max(current + step, 0), stops.length - 1);
              const stop = stops[current];
              if (!stop) return;
              open(stop.parentElement.parentElement);
              stop.focus({ preventScroll: true });
              stop.scrollIntoView({ block: stop.offsetHeight < innerHeight / 2 ? 'center' : 'start' });
            }
            addEventListener('keydown', event => {
              if (event.ctrlKey || event.metaKey || event.altKey) return;
              if (event.key === 'n') go(1);
              if (event.key === 'p') go(-1);
              if (event.key === 'f') {
                const all = [...document.querySelectorAll('details')];
                const closed = all.some(details => !details.open);
                all.forEach(details => { details.open = closed; });
              }
            });
            addEventListener('focusin', event => {
              const stop = stops.indexOf(event.target.closest('.change'));
              if (stop >= 0) current = stop;
            });
            function openTarget() {
              const target = document.getElementById(location.hash.slice(1));
              if (!target) return;
              open(target);
              target.scrollIntoView();
            }
            addEventListener('hashchange', openTarget);
            openTarget();
            """;
}
