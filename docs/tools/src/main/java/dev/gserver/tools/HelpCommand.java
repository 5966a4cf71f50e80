package dev.gserver.tools;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All commands, a line for each form: its synopsis on the left, what it does on the right. Or one command's options. */
@Command(
        name = "help",
        aliases = {"-h", "--help"},
        customSynopsis = "help [COMMAND]",
        description = "this text, or more about a command")
final class HelpCommand implements Callable<Integer> {
    private static final String STAGES = "N is 1 to 5, or the name of a folder, such as stage2-epoll.";
    private static final int SYNOPSIS_WIDTH = 28;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND")
    private String name;

    @Override
    public Integer call() {
        CommandLine course = spec.parent().commandLine();
        if (name == null) {
            course.getOut().print(overview(course));
        } else if (course.getSubcommands().get(name) == null) {
            throw new ParameterException(spec.commandLine(), "'" + name + "' is not a command");
        } else {
            course.getSubcommands().get(name).usage(course.getOut());
        }
        course.getOut().flush();
        return 0;
    }

    /** Of several forms of a command each has its line: the synopsis and the description have as many lines. */
    static String overview(CommandLine course) {
        StringBuilder text = new StringBuilder();
        for (CommandLine command : new LinkedHashSet<>(course.getSubcommands().values())) { // each has its aliases too
            UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            List<String> forms = List.of(usage.customSynopsis());
            for (int i = 0; i < forms.size(); i++) {
                String what = i < usage.description().length ? usage.description()[i] : "";
                text.append(text.isEmpty() ? "usage: " : "       ").append(line(forms.get(i), what));
            }
        }
        return text.append(STAGES).append('\n').toString();
    }

    /** How a command is called, for somebody who called it wrongly. */
    static String usage(CommandSpec command) {
        StringBuilder text = new StringBuilder();
        for (String form : command.usageMessage().customSynopsis()) {
            text.append(text.isEmpty() ? "usage: " : "       ").append(line(form, ""));
        }
        return text.toString();
    }

    private static String line(String form, String what) {
        String start = form.startsWith(" ") ? "         " : "./course ";
        String line = String.format(Locale.ROOT, start + "%-" + SYNOPSIS_WIDTH + "s %s", form, what);
        return line.stripTrailing() + "\n";
    }
}
