package dev.gserver.tools.probe;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.probe.Wrong.Kind;
import dev.gserver.tools.report.Results;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Examines a server from outside, in whatever language it is written: talks to it as a client, and compares what comes with
 * what docs/protocol.md promises of its stage.
 */
public final class Probe {
    /** How long a client of stage 5 may be silent, in seconds, by default: 3 times heartbeat.interval-ms. */
    public static final String KICK_AFTER = "60";

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration MOST_WAITING = Duration.ofSeconds(15); // for what does not come, in all checks
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int SHOWN = 3; // conversations of a check that has passed
    private static final int MOST_SECONDS = 86_400;

    private final Server server;
    private final NotesMap notes;
    private final List<Check> checks;
    private boolean showsBytes;
    private Duration waited = Duration.ZERO; // in checks that have failed
    private String end = ""; // why the rest is not run

    private Probe(Project project, Server server, List<Check> checks) {
        this.server = server;
        this.notes = NotesMap.read(project);
        this.checks = checks;
    }

    /**
     * @param address HOST:PORT
     * @param kickSeconds how long a client of stage 5 may be silent
     * @param names of the checks to run; all if there are none
     */
    public static Probe of(Project project, int stage, String address, int kickSeconds, List<String> names) {
        if (kickSeconds < 1 || kickSeconds > MOST_SECONDS) {
            throw Refusal.ofArguments("--kick-after " + kickSeconds + ": expected 1 to " + MOST_SECONDS + " seconds");
        }
        Server server = new Server(Server.address(address), stage, PATIENCE, Duration.ofSeconds(kickSeconds));
        return new Probe(project, server, selected(all(server), names));
    }

    /** Those that a server of its stage has to pass. */
    static List<Check> all(Server server) {
        return Stream.of(
                        FramingChecks.first(),
                        MessageChecks.all(),
                        FramingChecks.all(),
                        CrowdChecks.all(),
                        new HeartbeatChecks(server).all())
                .flatMap(List::stream)
                .filter(check -> check.from() <= server.stage() && server.stage() <= check.to())
                .toList();
    }

    private static List<Check> selected(List<Check> all, List<String> names) {
        List<String> known = all.stream().map(Check::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw Refusal.ofArguments("'" + name + "': expected one of " + String.join(", ", known));
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(check -> names.contains(check.name())).toList();
    }

    /** Shows the bytes of checks that pass, too. */
    public Probe showing(boolean bytes) {
        this.showsBytes = bytes;
        return this;
    }

    /**
     * Returns whether all have passed.
     *
     * @param json whether it prints an object for each check, in a line; otherwise text
     * @param junit a file for JUnit's XML; null for none
     */
    public boolean run(PrintStream out, boolean json, Path junit) {
        server.mustBeThere();
        String name = "probe of stage " + server.stage();
        List<Outcome> outcomes = new ArrayList<>();
        for (Check check : checks) {
            Outcome outcome = run(check);
            outcomes.add(outcome);
            out.print(json ? Results.json(outcome.result()) : outcome.text(notes));
            if (out.checkError() && junit == null) {
                throw Refusal.ofLostOutput();
            }
        }
        if (junit != null) {
            Results.junit(name, outcomes.stream().map(Outcome::result).toList(), junit);
        }
        if (!json) {
            out.print(name + " at " + server.shown() + ": " + sum(outcomes) + "\n");
        }
        return outcomes.stream().allMatch(Outcome::passed);
    }

    private String sum(List<Outcome> outcomes) {
        long failed = outcomes.stream()
                .filter(outcome -> outcome.isRun() && !outcome.passed())
                .count();
        long notRun = outcomes.stream().filter(outcome -> !outcome.isRun()).count();
        Duration time = outcomes.stream().map(Outcome::time).reduce(Duration.ZERO, Duration::plus);
        String sum = failed == 0
                ? outcomes.size() + " checks passed"
                : "FAILED, " + failed + " of " + outcomes.size() + " checks";
        return sum + (notRun == 0 ? "" : ", " + notRun + " not run, " + end + ",") + " in " + Outcome.seconds(time);
    }

    private Outcome run(Check check) {
        if (!end.isEmpty()) {
            return Outcome.notRun(check, end);
        }
        announce(check);
        server.talks().clear();
        long start = System.nanoTime();
        try {
            check.body().run(server);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new Outcome(check, true, check.step(), "", showsBytes ? bytes() : "", time);
        } catch (Wrong wrong) {
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            waited = waited.plus(time);
            decideEnd(check, wrong.kind());
            String step = wrong.step().isEmpty() ? check.step() : wrong.step();
            return new Outcome(check, true, step, wrong.getMessage(), wrong.bytes(), time);
        }
    }

    /** Of the first conversations. */
    private String bytes() {
        return server.talks().stream().limit(SHOWN).map(Conversation::shown).collect(Collectors.joining("\n"));
    }

    /** So that a dead server gets its verdict soon. */
    private void decideEnd(Check check, Kind kind) {
        boolean isFirst = check.name().equals(server.answers() ? FramingChecks.PING : FramingChecks.LENGTH_7);
        if (kind == Kind.GONE) {
            end = "as nobody can connect any more";
        } else if (kind == Kind.SILENT && isFirst) {
            end = "as the server does not react; see " + check.name();
        } else if (waited.compareTo(MOST_WAITING) > 0) {
            end = "as the checks that have failed have taken " + Outcome.seconds(waited) + "; put these right first";
        }
    }

    private void announce(Check check) {
        Duration longest = HeartbeatChecks.longest(server.kickAfter());
        if (check.name().equals(HeartbeatChecks.KICK) && longest.compareTo(LONG) > 0) {
            System.err.println("course: this takes up to " + Outcome.seconds(longest)
                    + "; less if the server kicks sooner: see --kick-after");
        }
    }
}
