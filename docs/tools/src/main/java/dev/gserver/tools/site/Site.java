package dev.gserver.tools.site;

import com.google.gson.Gson;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.diff.DiffPage;
import dev.gserver.tools.diff.StageDiff;
import dev.gserver.tools.race.Races;
import dev.gserver.tools.trace.TracePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pages of docs as a web site, which VitePress makes of them (docs/site). What it shows of the programs is made here,
 * from real runs: docs/site/target/made.
 */
public final class Site {
    private final Project project;
    private final Path folder;
    private final Path made;

    public Site(Project project) {
        this.project = project;
        this.folder = project.docs().resolve("site");
        this.made = folder.resolve("target/made");
    }

    /** Builds the site and serves it on this machine alone, until Ctrl-C. Returns the exit code. */
    public int serve() throws IOException, InterruptedException {
        Path site = folder.resolve("target/dist");
        build(site, "/");
        return Child.run(node("serve.mjs", site.toString()));
    }

    /** @param base the path at which a web server is going to have the site: / or /gserver/ */
    public void build(Path site, String base) throws IOException, InterruptedException {
        if (!base.matches("/([^/\\s]+/)*")) {
            throw Refusal.ofArguments("--base '" + base + "': expected a path such as / or /gserver/");
        }
        if (Files.exists(site) && !Files.isDirectory(site)) {
            throw Refusal.ofArguments("'" + site + "': expected a folder, found a file");
        }
        run("Node.js", node("--version")); // missing: told before the work
        install();
        make();
        run(
                "the site",
                node("node_modules/vitepress/bin/vitepress.js", "build", "--outDir", site.toString(), "--base", base));
    }

    private ProcessBuilder node(String script, String... words) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(words));
        return Child.plain(command).directory(folder.toFile());
    }

    /** What the lock file names, unless it is there already. */
    private void install() throws IOException, InterruptedException {
        String npm = Child.isWindows() ? "npm.cmd" : "npm";
        Path installed = folder.resolve("node_modules/.package-lock.json"); // npm writes it last
        Path wanted = folder.resolve("package-lock.json");
        if (!Files.exists(installed)
                || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
            System.err.println("course: installing what the site is made with ...");
            run(
                    "npm",
                    Child.plain(List.of(npm, "ci", "--no-audit", "--no-fund")).directory(folder.toFile()));
        }
    }

    /** What a program says goes to standard error. */
    private static void run(String what, ProcessBuilder builder) throws IOException, InterruptedException {
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            throw Refusal.ofWork("there is no " + builder.command().get(0)
                    + " on the PATH; expected Node.js, 20 or newer: the site is made with it");
        }
        process.getInputStream().transferTo(System.err);
        if (process.waitFor() != 0) {
            throw Refusal.ofWork(what + " has failed: " + String.join(" ", builder.command()));
        }
    }

    private void make() throws IOException, InterruptedException {
        Folders.delete(made);
        Map<String, Map<String, String>> names = new TreeMap<>();
        Stage before = null;
        for (Stage stage : project.stages()) {
            int number = stage.number();
            names.put(stage.name(), Names.of(project, stage));
            Cast.write(project, stage, made("demo-" + number + ".cast"), made("demo-" + number + ".zh.cast"));
            TracePage.writeBoth(
                    project, stage, made("trace-" + number + ".html"), made("trace-" + number + ".zh.html"));
            if (before != null) {
                makeBetween(before, stage);
            }
            before = stage;
        }
        Folders.write(made.resolve("names.json"), new Gson().toJson(names));
    }

    private void makeBetween(Stage before, Stage stage) throws IOException, InterruptedException {
        StageDiff diff = StageDiff.between(before, stage, false);
        String name = "diff-" + before.number() + "-" + stage.number();
        DiffPage.write(project.in(Texts.ENGLISH), diff, made(name + ".html"));
        DiffPage.write(project.in(Texts.CHINESE), diff, made(name + ".zh.html"));
        if (Files.isDirectory(project.docs().resolve("races"))) {
            String number = String.valueOf(stage.number());
            new Races(project).writeBoth(number, made("race-" + number + ".html"), made("race-" + number + ".zh.html"));
        }
    }

    private Path made(String name) {
        return made.resolve(name);
    }
}
