package dev.gserver.tools;

import dev.gserver.tools.common.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The course's command line: {@code ./course help}. Each sub-command lies in the package of its job. */
@Command(name = "course", description = "Runs, shows, tests and compares the stages.")
public final class Course {
    private Course() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Course());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof Refusal refusal)) {
                throw failure;
            }
            System.err.println("course: " + command.getCommandName() + ": " + refusal.getMessage());
            return refusal.exitCode();
        });
        System.exit(line.execute(arguments));
    }
}
