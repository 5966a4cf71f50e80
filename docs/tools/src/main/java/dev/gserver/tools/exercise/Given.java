package dev.gserver.tools.exercise;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** What a learner finds ready: what is around the layers, and what teaches nothing of the layer. */
final class Given {
    private static final String ROOT = "dev/gserver/";
    private static final String SERVER = ROOT + "GServer.java"; // puts the layers together, so it is written
    private static final String STATUS = ROOT + "status/Status.java";

    /** The packages that a learner writes: the layers, and what handles their messages. */
    private static final Set<String> WRITTEN = Set.of("listen", "epoll", "threadpool", "send", "timer", "handlers");

    /** What the sum of all accounts needs in the layers: who skips it can follow all the rest. */
    private static final Set<String> OF_THE_SUM = Set.of(
            "WaitingClients",
            "RequestReader.mayRead",
            "PacketAssembler.nextBytes",
            "PacketAssembler.missing",
            "Client.room",
            "Client.hasAnswers",
            "Client.countQuietLooks",
            "Clients.awaitMemory",
            "EventLoop.isReadFrom");

    private final Collection<SourceFile> sources;
    private final String status;

    /** @param sources all of the stage, by path */
    Given(Map<String, SourceFile> sources) {
        this.sources = sources.values();
        this.status = sources.containsKey(STATUS) ? sources.get(STATUS).text() : "";
    }

    /** The package's own name: {@code epoll}; empty for the root package. */
    static String packageOf(String path) {
        return path.substring(ROOT.length(), Math.max(ROOT.length(), path.lastIndexOf('/')));
    }

    static boolean isWritten(String packageName) {
        return WRITTEN.contains(packageName);
    }

    boolean isFile(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
        return !isWritten(packageOf(path)) && !path.equals(SERVER) || OF_THE_SUM.contains(name);
    }

    /** @param typeName such as Client, or Outbox.Entry for a type inside of it */
    boolean isMethod(SourceFile source, ClassTree owner, String typeName, MethodTree method) {
        return method.getBody() == null
                || owner.getKind() == Tree.Kind.INTERFACE
                || hasNothingToWrite(method)
                || Trees.isAccessor(method)
                || method.getName().contentEquals("toString")
                || OF_THE_SUM.contains(typeName + "." + method.getName())
                || isForStatus(source, method);
    }

    /** An empty body, or nothing but the call of another constructor. */
    static boolean hasNothingToWrite(MethodTree method) {
        int statements = method.getBody().getStatements().size();
        return statements == (Trees.delegation(method).isPresent() ? 1 : 0);
    }

    /** Whether the status bean asks for it, and nobody else. */
    private boolean isForStatus(SourceFile source, MethodTree method) {
        String name = method.getName().toString();
        Pattern call = Pattern.compile("(\\.|::)" + Pattern.quote(name) + "\\b");
        return call.matcher(status).find()
                && sources.stream()
                        .filter(other -> !other.path().equals(STATUS))
                        .noneMatch(other -> call.matcher(other.text()).find())
                && !Pattern.compile("\\b" + name + "\\(\\)(?! \\{)")
                        .matcher(source.text())
                        .find();
    }

    /**
     * Constants are given, as tests count on their values, and what other classes see. What else an object holds is the
     * learner's to find, unless a given body uses it.
     */
    static boolean isField(VariableTree field, Set<String> usedByGiven) {
        Set<Modifier> flags = field.getModifiers().getFlags();
        return flags.containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))
                || !flags.contains(Modifier.PRIVATE)
                || usedByGiven.contains(field.getName().toString());
    }
}
