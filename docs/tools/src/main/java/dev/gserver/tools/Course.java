package dev.gserver.tools;

import dev.gserver.tools.build.Builds;
import dev.gserver.tools.check.CheckCommand;
import dev.gserver.tools.client.SendCommand;
import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.diff.DiffCommand;
import dev.gserver.tools.exercise.StartCommand;
import dev.gserver.tools.run.BenchCommand;
import dev.gserver.tools.run.DemoCommand;
import dev.gserver.tools.run.RunCommand;
import dev.gserver.tools.run.SoakCommand;
import dev.gserver.tools.run.TestCommand;
import dev.gserver.tools.trace.TraceCommand;
import dev.gserver.tools.watch.WatchCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The course's command line: {@code ./course help}. Each sub-command lies in the package of its job, has the forms that
 * a user types as its custom synopsis ("run N [FILE]") and a line of description for each.
 */
@Command(name = "course")
public final class Course implements Runnable {
    /** Tells course.cmd, which cannot compare the times of files, to build this program and to start it again. */
    private static final int OLD = 86;

    @Spec
    private CommandSpec spec;

    private Course() {}

    public static void main(String[] arguments) {
        Home home = Home.ofProgram();
        if (Boolean.getBoolean("course.checks") && System.getenv("COURSE_BUILT") == null && isOld(home)) {
            System.exit(OLD);
        }
        System.exit(commandLine(home).execute(arguments));
    }

    private static boolean isOld(Home home) {
        Path tools = home.project().docs().resolve("tools");
        return Builds.isOlder(tools.resolve("target/course.jar"), tools);
    }

    static CommandLine commandLine(Home home) {
        CommandLine course = new CommandLine(new Course());
        commands(home).forEach(course::addSubcommand);
        Set.copyOf(course.getSubcommands().values()).forEach(Course::addHelp);
        course.setParameterExceptionHandler((failure, words) -> refuse(failure));
        course.setExecutionExceptionHandler((failure, command, parsed) -> handle(command, failure));
        return course;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("this text")
                        .build());
        command.getCommandSpec().usageMessage().synopsisHeading("usage: ./course ");
    }

    /** In the order in which they are shown. */
    private static List<Object> commands(Home home) {
        return List.of(
                new RunCommand(home),
                new DemoCommand(home),
                new SendCommand(),
                new WatchCommand(home),
                new TraceCommand(home),
                new StartCommand(home),
                new TestCommand(home),
                new DiffCommand(home),
                new SoakCommand(home),
                new BenchCommand(home),
                new CheckCommand(home),
                new HelpCommand());
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what to do?");
    }

    private static int handle(CommandLine command, Exception failure) throws Exception {
        if (failure instanceof ParameterException wrong) {
            return refuse(wrong);
        }
        if (failure instanceof Refusal refusal) {
            return refuse(command, refusal.exitCode(), refusal.getMessage());
        }
        throw failure;
    }

    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String word = "'" + unmatched.getUnmatched().get(0) + "'";
            boolean isCommand = command.getParent() == null;
            return refuse(command, 2, word + (isCommand ? " is not a command" : " is more than is expected"));
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return refuse(command, 2, missing.getMissing().get(0).paramLabel() + " is missing");
        }
        if (wrong.getCause() instanceof TypeConversionException) {
            return refuse(
                    command,
                    2,
                    "'" + wrong.getValue() + "': expected a whole number for "
                            + wrong.getArgSpec().paramLabel());
        }
        return refuse(command, 2, wrong.getMessage());
    }

    private static int refuse(CommandLine command, int exitCode, String reason) {
        CommandSpec spec = command.getCommandSpec();
        PrintWriter err = command.getErr();
        boolean isCourse = spec.parent() == null;
        err.print("course: " + (isCourse ? "" : spec.name() + ": ") + reason + "\n");
        if (exitCode == 2 && isCourse) {
            err.print(HelpCommand.overview(command));
        } else if (exitCode == 2) {
            err.print(HelpCommand.usage(spec));
        }
        err.flush();
        return exitCode;
    }
}
