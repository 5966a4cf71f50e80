package dev.gserver.tools.learn;

import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Looks each time the learner saves, and does what is typed meanwhile: a letter, and Enter. */
final class Session {
    private static final long LOOK_MILLIS = 100;

    private final Learn learn;
    private final Texts texts;
    private final String keys;
    private final PrintStream out;
    private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
    private Attempt attempt;

    Session(Learn learn, Texts texts, InputStream in, PrintStream out) {
        this.learn = learn;
        this.texts = texts;
        this.keys = texts.get("learn.keys") + "\n";
        this.out = out;
        Thread reader = new Thread(() -> read(in), "keys");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream in) {
        Charset encoding = Charset.forName(System.getProperty("native.encoding"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, encoding))) {
            lines.lines().forEach(typed::add);
        } catch (IOException e) {
            return; // nothing can be typed any more; saving still runs the tests
        }
    }

    /** Until the learner quits. */
    void run() throws InterruptedException {
        Watched watched = new Watched(learn.folder().resolve(Workspace.MAIN));
        look();
        while (true) {
            String line = typed.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (line != null && line.strip().equals("q")) {
                return;
            } else if (line != null) {
                answer(line.strip().split(" +", 2));
            } else if (watched.hasChanged()) {
                look();
            }
        }
    }

    private void look() throws InterruptedException {
        try {
            attempt = learn.look();
            out.print("\n" + learn.verdict(attempt) + "\n" + keys);
            learn.prepare();
        } catch (Refusal e) { // a file that is no text, say
            out.print(e.getMessage() + "\n");
        }
    }

    private void answer(String[] words) throws InterruptedException {
        String name = words.length == 1 ? "" : words[1];
        if (attempt == null) { // the first look was refused
            look();
            return;
        }
        try {
            switch (words[0]) {
                case "h" -> out.print(learn.hint(attempt, name));
                case "s" -> out.print(learn.solution(attempt, name));
                case "r" -> {
                    learn.forget();
                    look();
                }
                case "l" -> out.print(list());
                default -> out.print(keys);
            }
        } catch (Refusal e) {
            out.print(e.getMessage() + "\n");
        }
    }

    private String list() {
        StringBuilder out = new StringBuilder();
        List<Rung> rungs = attempt.rungs();
        for (Rung rung : rungs) {
            int missing = attempt.missing(rung).size();
            String state = attempt.isGreen(rung)
                    ? texts.get("learn.green")
                    : missing > 0
                            ? texts.get("learn.missing", missing, rung.bodies().size())
                            : texts.get("learn.red");
            out.append(texts.get("learn.listed", rung.number(), rung.name(), state))
                    .append('\n');
        }
        return out.toString();
    }
}
