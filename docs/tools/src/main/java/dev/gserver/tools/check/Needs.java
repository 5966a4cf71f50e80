package dev.gserver.tools.check;

import com.sun.source.tree.MemberSelectTree;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.gserver.tools.common.Stage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which package of a stage needs which: what its sources name, imports and constants too, of which nothing is left in
 * the classes; and what its classes use without naming it.
 */
final class Needs {
    /** A type by its full name; the group is its package, without {@link Need#ROOT}. */
    private static final Pattern TYPE =
            Pattern.compile(Pattern.quote(Need.ROOT) + "((?:\\.[a-z]\\w*)*)\\.(?:[A-Z]\\w*|\\*)(?:\\..*)?");

    private final Repository repository;
    private final Stage stage;
    private final Map<String, Need> needs = new TreeMap<>(); // by the two names; the first place stays

    private Needs(Repository repository, Stage stage) {
        this.repository = repository;
        this.stage = stage;
    }

    static Collection<Need> of(Repository repository, Stage stage, StageClasses compiled) {
        Needs needs = new Needs(repository, stage);
        repository.sources(stage.main()).forEach(needs::addNamed);
        compiled.classes().forEach(needs::addUsed);
        return needs.needs.values();
    }

    private void add(Need need) {
        if (!need.from().equals(need.to())) {
            needs.putIfAbsent(need.from() + " " + need.to(), need);
        }
    }

    private void addNamed(JavaSource source) {
        for (MemberSelectTree named : source.all(MemberSelectTree.class)) { // the imports are among them
            Matcher type = TYPE.matcher(named.toString());
            if (type.matches()) {
                String to = type.group(1).replaceFirst("^\\.", "");
                add(new Need(Need.withoutRoot(source.packageName()), to, source.name(), source.line(named)));
            }
        }
    }

    private void addUsed(JavaClass user) {
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
            String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
            if (to.equals(Need.ROOT) || to.startsWith(Need.ROOT + ".")) {
                Path folder = stage.main().resolve(user.getPackageName().replace('.', '/'));
                Path file = folder.resolve(dependency.getSourceCodeLocation().getSourceFileName());
                int line = dependency.getSourceCodeLocation().getLineNumber();
                add(new Need(
                        Need.withoutRoot(user.getPackageName()), Need.withoutRoot(to), repository.name(file), line));
            }
        }
    }
}
