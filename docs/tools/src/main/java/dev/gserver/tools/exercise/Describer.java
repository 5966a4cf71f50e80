package dev.gserver.tools.exercise;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.gserver.tools.exercise.Cutter.Todo;
import dev.gserver.tools.markdown.NotesMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in a line what a method has to do. */
final class Describer {
    private final Map<String, SourceFile> sources;
    private final NotesMap notes;

    /** @param sources all of the stage, by path: a method may do what an interface says */
    Describer(Map<String, SourceFile> sources, NotesMap notes) {
        this.sources = sources;
        this.notes = notes;
    }

    Todo describe(SourceFile source, ClassTree owner, String typeName, MethodTree method) {
        String simple = typeName.substring(typeName.lastIndexOf('.') + 1);
        String name = typeName + "." + Trees.name(method, simple);
        return new Todo(name, what(source, owner, method), Trees.isPrivate(method));
    }

    private String what(SourceFile source, ClassTree owner, MethodTree method) {
        return Stream.of(ownComment(source, method), ofSteps(source, method), inherited(owner, method), ofForm(method))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseGet(() -> words(method) + "; called by " + callers(owner, method));
    }

    /** The first sentence of its comment, unless that says no more than which thread may call it. */
    private static String ownComment(SourceFile source, MethodTree method) {
        String sentence = source.java().firstSentence(method);
        return sentence.equals("Any thread") ? "" : sentence;
    }

    private String ofSteps(SourceFile source, MethodTree method) {
        return source.java().steps(method).stream()
                .map(call -> call.id())
                .distinct()
                .map(notes::step)
                .flatMap(Optional::stream)
                .map(step -> step.id() + ", " + step.what())
                .collect(Collectors.joining("; "));
    }

    /** What the interface says, where the method implements one. */
    private String inherited(ClassTree owner, MethodTree method) {
        boolean overrides = method.getModifiers().getAnnotations().stream()
                .anyMatch(annotation -> annotation.toString().startsWith("@Override"));
        return owner.getImplementsClause().stream()
                .filter(parent -> overrides)
                .flatMap(parent ->
                        sources.values().stream().filter(source -> source.name().equals(parent.toString())))
                .map(parent -> sentenceOn(method, parent))
                .filter(sentence -> !sentence.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String sentenceOn(MethodTree method, SourceFile parent) {
        return parent.type().members().stream()
                .filter(member -> member.key().startsWith(method.getName() + "("))
                .map(member -> parent.java().firstSentence(member.tree()))
                .findFirst()
                .orElse("");
    }

    private static String ofForm(MethodTree method) {
        if (Trees.isConstructor(method)) {
            return method.getParameters().stream()
                    .map(parameter -> parameter.getName().toString())
                    .collect(Collectors.joining(", ", "keeps what it is given: ", ""));
        }
        String words = words(method);
        boolean yesOrNo = method.getReturnType().toString().equals("boolean");
        return !Trees.isQuestion(method)
                ? ""
                : yesOrNo ? "whether " + words.replaceFirst("^is ", "it is ") : "the " + words;
    }

    private static String words(MethodTree method) {
        return method.getName()
                .toString()
                .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT);
    }

    /** The members of the same class that call it, or hand it on as a method reference. */
    private static String callers(ClassTree owner, MethodTree method) {
        Pattern call = Pattern.compile("(?<!\\.)\\b" + method.getName() + "\\(|::" + method.getName() + "\\b");
        String callers = owner.getMembers().stream()
                .filter(member ->
                        member != method && call.matcher(member.toString()).find())
                .map(Describer::nameOf)
                .distinct()
                .collect(Collectors.joining(", "));
        return callers.isEmpty() ? "other classes" : callers;
    }

    private static String nameOf(Tree member) {
        if (member instanceof MethodTree method) {
            return Trees.name(method, "the constructor");
        }
        return member instanceof VariableTree field ? "the field " + field.getName() : "a nested class";
    }
}
