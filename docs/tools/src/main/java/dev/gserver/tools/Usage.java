package dev.gserver.tools;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How commands are called: the overview of all of them, and one line for what is wrong with one. */
final class Usage {
    /** In the order in which they are shown. */
    static final List<String> COMMANDS = List.of(
            "run", "demo", "send", "watch", "trace", "start", "test", "diff", "soak", "bench", "check", "site", "help");

    private static final String STAGES = "N is 1 to 5, or the name of a folder, such as stage2-epoll.\n";
    private static final int SYNOPSIS_WIDTH = 28;

    private Usage() {}

    static CommandLine commandLine(Course course, Project project) {
        CommandLine line = new CommandLine(course);
        line.registerConverter(Stage.class, project::stage);
        line.getSubcommands()
                .get("help")
                .getCommandSpec()
                .usageMessage()
                .customSynopsis("help [COMMAND]")
                .description("this text, or more about a command");
        for (String name : COMMANDS) {
            addHelp(line.getSubcommands().get(name));
        }
        addHelp(line);
        line.getCommandSpec().usageMessage().sectionMap().put("overview", help -> overview(line));
        line.getCommandSpec().usageMessage().sectionKeys(List.of("overview"));
        line.setParameterExceptionHandler((failure, words) -> refuse(failure.getCommandLine(), 2, reason(failure)));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof Refusal refusal) {
                return refuse(command, refusal.exitCode(), refusal.getMessage());
            }
            throw failure;
        });
        return line;
    }

    private static void addHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("-h") == null) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("this text")
                            .build());
        }
        command.getCommandSpec().usageMessage().synopsisHeading("usage: ./course ");
    }

    /** Of several forms of a command each has its line: the synopsis and the description have as many lines. */
    static String overview(CommandLine course) {
        StringBuilder text = new StringBuilder();
        for (String name : COMMANDS) {
            UsageMessageSpec usage =
                    course.getSubcommands().get(name).getCommandSpec().usageMessage();
            for (int i = 0; i < usage.customSynopsis().length; i++) {
                text.append(line(text.isEmpty(), usage.customSynopsis()[i], usage.description()[i]));
            }
        }
        return text + STAGES;
    }

    private static String line(boolean first, String form, String what) {
        String start = (first ? "usage: " : "       ") + (form.startsWith(" ") ? "         " : "./course ");
        return String.format(Locale.ROOT, start + "%-" + SYNOPSIS_WIDTH + "s %s", form, what)
                        .stripTrailing() + "\n";
    }

    private static String reason(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            boolean isCommand = wrong.getCommandLine().getParent() == null;
            return "'" + unmatched.getUnmatched().get(0) + "'"
                    + (isCommand ? " is not a command" : " is more than is expected");
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().get(0).paramLabel() + " is missing";
        }
        if (wrong.getCause() instanceof Refusal refusal) {
            return refusal.getMessage();
        }
        if (wrong.getMessage().startsWith("Unknown subcommand ")) { // the one that help is asked for
            return wrong.getMessage().replaceFirst("^[^']*", "").replaceFirst("\\.$", " is not a command");
        }
        return wrong.getArgSpec() == null
                ? "what to do?"
                : "'" + wrong.getValue() + "': expected a whole number for "
                        + wrong.getArgSpec().paramLabel();
    }

    private static int refuse(CommandLine command, int exitCode, String reason) {
        boolean isCourse = command.getParent() == null;
        command.getErr().print("course: " + (isCourse ? "" : command.getCommandName() + ": ") + reason + "\n");
        if (exitCode == 2) {
            String[] forms = command.getCommandSpec().usageMessage().customSynopsis();
            command.getErr().print(isCourse ? overview(command) : forms(forms));
        }
        command.getErr().flush();
        return exitCode;
    }

    private static String forms(String[] forms) {
        return List.of(forms).stream()
                .map(form -> line(form == forms[0], form, ""))
                .collect(Collectors.joining());
    }
}
