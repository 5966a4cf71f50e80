package dev.gserver.tools.build;

import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** docs/benchmarks: what is wrong with the words for it is told before anything is built. */
public final class Benchmarks {
    private static final int FIRST_MEASURED = 2;
    private static final String PARTS = "throughput, intake, scale, timer, report, publish";

    private Benchmarks() {}

    /** Runs the parts, or all of them if there are none, or a comparison; returns the exit code. */
    public static int run(Project project, List<String> words) throws InterruptedException {
        boolean compares = !words.isEmpty() && words.get(0).equals("compare");
        List<String> checked = compares ? comparison(project, words) : parts(words);
        if (!compares) {
            project.stages().stream()
                    .filter(stage -> stage.number() >= FIRST_MEASURED)
                    .forEach(stage -> Maven.jar(project, stage));
        }
        List<String> command = new ArrayList<>(List.of(Child.java(), "-cp"));
        command.addAll(List.of(Maven.classPath(project, "benchmarks", ""), "dev.gserver.bench.Bench"));
        command.addAll(checked);
        return Child.run(Child.of(command).directory(project.home().toFile()));
    }

    private static List<String> parts(List<String> words) {
        for (String word : words) {
            if (!List.of(PARTS.split(", ")).contains(word)) {
                throw Refusal.ofArguments("'" + word + "': expected " + PARTS + ", or compare");
            }
        }
        return words;
    }

    private static List<String> comparison(Project project, List<String> words) {
        if (words.size() < 3 || words.size() > 6) {
            throw Refusal.ofArguments("compare: expected two jars, and at most three numbers");
        }
        List<String> checked = new ArrayList<>(words);
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            Path jar = project.resolve(word);
            if (i <= 2 && !Files.isRegularFile(jar)) {
                throw Refusal.ofArguments("compare: there is no file " + word + "; expected the jar of a stage");
            }
            if (i > 2 && !word.matches("[1-9][0-9]{0,4}")) {
                throw Refusal.ofArguments("compare: '" + word + "': expected a whole number from 1");
            }
            checked.set(i, i <= 2 ? jar.toString() : word);
        }
        return checked;
    }
}
