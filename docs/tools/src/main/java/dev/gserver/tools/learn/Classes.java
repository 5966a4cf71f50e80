package dev.gserver.tools.learn;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Scratch;
import dev.gserver.tools.learn.Code.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A learner's code, compiled in a temporary folder. Of code that did compile, only the files are compiled again in which
 * bodies of rungs have changed, as long as nothing else has.
 *
 * <p>Any thread; its monitor guards its fields.
 */
final class Classes implements AutoCloseable {
    private final List<String> bodies;
    private final Scratch scratch;
    private Map<String, String> texts = Map.of(); // that were compiled last
    private List<Problem> problems = List.of(); // that the compiler had with them

    /** @param bodies the names of those of all rungs */
    Classes(List<String> bodies) {
        this.bodies = bodies;
        try {
            this.scratch = new Scratch();
        } catch (IOException e) {
            throw Refusal.ofFile("a temporary folder cannot be made", e);
        }
    }

    Path folder() {
        return scratch.folder();
    }

    /** Begins to compile what is in a learner's folder, and does not wait for it. */
    void begin(Path learners) {
        Thread thread = new Thread(
                () -> {
                    try {
                        compile(Folders.texts(learners));
                    } catch (Refusal e) {
                        return; // whoever compiles the same and waits is told
                    }
                },
                "compiler");
        thread.setDaemon(true);
        thread.start();
    }

    /** Compiles the learner's files, by path, unless that was done before. */
    synchronized List<Problem> compile(Map<String, String> now) {
        if (now.equals(texts)) {
            return problems;
        }
        Map<String, String> wanted = new TreeMap<>(now);
        if (!texts.isEmpty() && problems.isEmpty() && bodies.containsAll(Code.changed(texts, now, bodies))) {
            wanted.entrySet().removeAll(texts.entrySet());
        } else {
            Code.empty(folder());
        }
        texts = Map.of();
        problems = Code.compile(Code.heard(wanted, bodies), List.of(Libraries.PROGRAM, folder()), folder());
        texts = now;
        return problems;
    }

    @Override
    public synchronized void close() {
        scratch.close();
    }
}
