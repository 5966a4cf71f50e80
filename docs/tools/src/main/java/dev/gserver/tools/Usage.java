package dev.gserver.tools;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Shutdown;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** How commands are called: the overview of all of them, and one line for what is wrong with one. */
final class Usage {
    /** In the order in which they are shown. */
    static final List<String> COMMANDS = List.of(("run demo send probe watch trace start learn hint exercise test diff"
                    + " race soak bench mistakes check site completion help")
            .split(" "));

    private Usage() {}

    static CommandLine commandLine(Course course, Project project) {
        CommandLine line = new CommandLine(course);
        line.addSubcommand(new LearnCommand(course)); // has more options than a method can have parameters
        line.addSubcommand(new ProbeCommand(project, course.out()));
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .hidden(true)
                        .scopeType(ScopeType.INHERIT)
                        .build());
        line.registerConverter(Stage.class, project::stage);
        line.registerConverter(Integer.class, Usage::positive);
        line.registerConverter(String.class, Usage::word);
        line.getCommandSpec().usageMessage().sectionMap().put("overview", help -> overview(line));
        line.getCommandSpec().usageMessage().sectionKeys(List.of("overview"));
        line.setParameterExceptionHandler((failure, words) -> refuse(failure.getCommandLine(), 2, reason(failure)));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            Shutdown.check();
            if (failure instanceof Refusal refusal) {
                return refuse(command, refusal.exitCode(), refusal.getMessage());
            }
            throw failure;
        });
        return line;
    }

    private static Integer positive(String word) {
        if (!word.matches("[1-9][0-9]{0,8}")) {
            throw Refusal.ofArguments("'" + word + "': expected a whole number from 1");
        }
        return Integer.valueOf(word);
    }

    private static String word(String word) {
        if (word.isEmpty()) {
            throw Refusal.ofArguments("'' is empty");
        }
        return word;
    }

    private static String overview(CommandLine course) {
        StringBuilder text = new StringBuilder("usage: ./course COMMAND ...\n\n");
        for (String name : COMMANDS) {
            CommandLine command = course.getSubcommands().get(name);
            String words = command.getCommandSpec().positionalParameters().stream()
                    .map(word -> " " + (word.required() ? word.paramLabel() : "[" + word.paramLabel() + "]")
                            + (word.arity().max() > 1 ? "..." : ""))
                    .collect(Collectors.joining());
            text.append(String.format(
                    Locale.ROOT,
                    "  %-28s %s\n",
                    name + words,
                    command.getCommandSpec().usageMessage().description()[0]));
        }
        return text + "\nN is a stage: 1 to 5, or the name of its folder, such as stage2-epoll.\n"
                + "./course help COMMAND says more about one of them.\n"
                + "--zh, or COURSE_LANG=zh in the environment: what is told to learners is Chinese.\n";
    }

    private static String reason(ParameterException wrong) {
        List<String> unmatched = wrong.getCommandLine().getUnmatchedArguments();
        if (!unmatched.isEmpty()) {
            return unmatched(wrong.getCommandLine(), unmatched.get(0));
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec argument = missing.getMissing().get(0);
            return (argument.isOption() ? name(argument) + " " : "")
                    + argument.paramLabel().replaceFirst(".* ", "") + " is missing";
        }
        return wrong.getCause() instanceof Refusal refusal && wrong.getArgSpec() != null
                ? name(wrong.getArgSpec()) + " " + refusal.getMessage()
                : "what to do?";
    }

    private static String unmatched(CommandLine command, String word) {
        if (command.getParent() == null) {
            return "'" + word + "' is not a command";
        }
        List<String> options =
                command.getCommandSpec().options().stream().map(Usage::name).toList();
        return "'" + word + "' "
                + (word.isEmpty()
                        ? "is empty"
                        : word.startsWith("-")
                                ? "is no option; expected " + String.join(", ", options)
                                : "is more than is expected");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static int refuse(CommandLine command, int exitCode, String reason) {
        boolean isCourse = command.getParent() == null;
        if (!reason.isEmpty()) {
            command.getErr().print("course: " + (isCourse ? "" : command.getCommandName() + ": ") + reason + "\n");
        }
        if (exitCode == 2) {
            Help help = command.getHelp();
            command.getErr()
                    .print(
                            isCourse
                                    ? overview(command)
                                    : help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
        }
        command.getErr().flush();
        return exitCode;
    }

    /** For Chinese where the terminal's encoding has none of it: UTF-8. What goes to standard error too. */
    static PrintStream forChinese(PrintStream out) {
        if (out != System.out) {
            return out;
        }
        Charset encoding = Charset.forName(new OutputStreamWriter(out).getEncoding());
        if (!encoding.newEncoder().canEncode('\u4e2d')) {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        }
        return System.out;
    }
}
