package dev.gserver.tools.exercise;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.JavaSource.StepCall;
import dev.gserver.tools.markdown.NotesMap;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in a line what a method has to do. */
final class Describer {
    private final Collection<JavaSource> sources;
    private final NotesMap notes;

    /** @param sources all of the stage: a method may do what an interface says */
    Describer(Collection<JavaSource> sources, NotesMap notes) {
        this.sources = sources;
        this.notes = notes;
    }

    String what(Body body) {
        return Stream.of(ownComment(body), ofSteps(body), inherited(body), ofForm(body))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseGet(() -> words(body.method()) + "; called by " + callers(body));
    }

    /** The first sentence of its comment, unless that says no more than which thread may call it. */
    private static String ownComment(Body body) {
        String sentence = withoutRaces(body.source().firstSentence(body.method()));
        return sentence.equals("Any thread") ? "" : sentence;
    }

    /** In brackets it may name races that it is about: they are for another page. */
    private static String withoutRaces(String sentence) {
        return sentence.replaceAll(" ?\\(races?: [^)]*\\)", "");
    }

    private String ofSteps(Body body) {
        return body.source().steps(body.method()).stream()
                .map(StepCall::id)
                .distinct()
                .map(notes::step)
                .flatMap(Optional::stream)
                .map(step -> step.id() + ", " + step.what())
                .collect(Collectors.joining("; "));
    }

    /** What the interface says, where the method implements one. */
    private String inherited(Body body) {
        boolean overrides = body.method().getModifiers().getAnnotations().stream()
                .anyMatch(annotation -> annotation.toString().startsWith("@Override"));
        return body.owner().getImplementsClause().stream()
                .filter(parent -> overrides)
                .flatMap(parent ->
                        sources.stream().filter(source -> source.name().equals(parent.toString())))
                .map(parent -> sentenceOn(body.method(), parent))
                .filter(sentence -> !sentence.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String sentenceOn(MethodTree method, JavaSource parent) {
        return parent.types().get(0).getMembers().stream()
                .filter(member ->
                        member instanceof MethodTree other && other.getName().equals(method.getName()))
                .map(parent::firstSentence)
                .map(Describer::withoutRaces)
                .findFirst()
                .orElse("");
    }

    private static String ofForm(Body body) {
        MethodTree method = body.method();
        if (body.isConstructor()) {
            return method.getParameters().stream()
                    .map(parameter -> parameter.getName().toString())
                    .collect(Collectors.joining(", ", "keeps what it is given: ", ""));
        }
        List<? extends StatementTree> statements = body.block().getStatements();
        boolean isQuestion =
                method.getParameters().isEmpty() && statements.size() == 1 && statements.get(0) instanceof ReturnTree;
        String words = words(method);
        boolean yesOrNo = String.valueOf(method.getReturnType()).equals("boolean");
        return !isQuestion ? "" : yesOrNo ? "whether " + words.replaceFirst("^is ", "it is ") : "the " + words;
    }

    private static String words(MethodTree method) {
        return method.getName()
                .toString()
                .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT);
    }

    /** The members of the same class that call it, or hand it on as a method reference. */
    private static String callers(Body body) {
        String name = body.method().getName().toString();
        Pattern call = Pattern.compile("(?<!\\.)\\b" + name + "\\(|::" + name + "\\b");
        ClassTree owner = body.owner();
        String callers = owner.getMembers().stream()
                .filter(member -> member != body.method()
                        && call.matcher(member.toString()).find())
                .map(Describer::nameOf)
                .distinct()
                .collect(Collectors.joining(", "));
        return callers.isEmpty() ? "other classes" : callers;
    }

    private static String nameOf(Tree member) {
        if (member instanceof MethodTree method) {
            return method.getName().contentEquals("<init>")
                    ? "the constructor"
                    : method.getName().toString();
        }
        return member instanceof VariableTree field ? "the field " + field.getName() : "a nested class";
    }
}
