package dev.gserver.tools.demo;

import dev.gserver.tools.common.Sentences;
import dev.gserver.tools.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a demo prints, with what it says in Chinese. Steps and log lines stay as they are. */
public final class Narration {
    private static final String BUNDLE = "dev.gserver.tools.demo.narration";
    private static final String ACT = "==> ";
    private static final String INDENT = "    ";
    private static final Pattern REMARK = Pattern.compile(INDENT + "(?:client: (?<client>.*)|\\((?<hidden>and .*)\\))");

    private final Sentences sentences = new Sentences(BUNDLE);
    private final Texts chinese = Texts.CHINESE.of(BUNDLE);
    private final List<String> act = new ArrayList<>(); // its lines so far

    /** A sentence without what stands before it. */
    public String sentence(String english) {
        return sentences.of(english);
    }

    /** Takes the next line, and prints what there is to print; an act when it is complete. */
    public void line(String line, Consumer<String> out) {
        if (line.startsWith(ACT)) {
            act.add(line.substring(ACT.length()));
            sentences.find(String.join(" ", act)).ifPresent(text -> {
                text.lines().forEach(each -> out.accept(ACT + each));
                act.clear();
            });
            return;
        }
        act.forEach(each -> out.accept(ACT + each));
        act.clear();
        Matcher remark = REMARK.matcher(line);
        if (!remark.matches()) {
            out.accept(line);
        } else if (remark.group("client") == null) {
            out.accept(INDENT + chinese.get("hidden.line", sentence(remark.group("hidden"))));
        } else {
            out.accept(INDENT + chinese.get("client", sentence(remark.group("client"))));
        }
    }
}
