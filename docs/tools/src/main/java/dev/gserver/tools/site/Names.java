package dev.gserver.tools.site;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import java.util.Map;
import java.util.TreeMap;

/** Where the classes of a stage, their methods and their fields stand: by name, such as EventLoop.dispatch. */
final class Names {
    private static final String AMBIGUOUS = "";

    private final Map<String, String> places = new TreeMap<>();

    private Names() {}

    /** A place is a path from the root of the checkout, and a line: {@code stage2-epoll/…/EventLoop.java#L12}. */
    static Map<String, String> of(Project project, Stage stage) {
        Names names = new Names();
        Map<String, String> texts = new TreeMap<>();
        Folders.files(stage.folder().resolve("src")).forEach(file -> texts.put(project.name(file), Folders.read(file)));
        for (JavaSource source : JavaSource.parse(texts).sources()) {
            source.all(ClassTree.class).forEach(type -> names.addType(source, type));
        }
        names.places.values().removeIf(AMBIGUOUS::equals);
        return names.places;
    }

    private void addType(JavaSource source, ClassTree type) {
        String name = type.getSimpleName().toString();
        if (!name.isEmpty()) {
            places.merge(name, place(source, type), (first, second) -> AMBIGUOUS);
            type.getMembers().forEach(member -> addMember(source, name, member));
        }
    }

    /** Of methods that have one name the first counts; a method's name alone will do where one class has it. */
    private void addMember(JavaSource source, String owner, Tree member) {
        String place = place(source, member);
        if (member instanceof MethodTree method) {
            boolean isConstructor = method.getName().contentEquals("<init>");
            String name = isConstructor ? owner : method.getName().toString();
            boolean isFirst = places.putIfAbsent(owner + "." + name, place) == null;
            if (!isConstructor && isFirst && !source.path().contains("/src/test/")) {
                places.merge(name, place, (first, second) -> AMBIGUOUS);
            }
        } else if (member instanceof VariableTree field) {
            places.putIfAbsent(owner + "." + field.getName(), place);
        }
    }

    private static String place(JavaSource source, Tree tree) {
        return source.path() + "#L" + source.line(tree);
    }
}
