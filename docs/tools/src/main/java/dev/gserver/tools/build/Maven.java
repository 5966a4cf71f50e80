package dev.gserver.tools.build;

import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The checkout's own Maven, mvnw, or mvnw.cmd on Windows, and what it builds. */
public final class Maven {
    private Maven() {}

    /** @param folder where the pom.xml lies */
    public static ProcessBuilder command(Project project, Path folder, List<String> words) {
        Path wrapper = project.home().resolve(Child.isWindows() ? "mvnw.cmd" : "mvnw");
        List<String> command = new ArrayList<>(Child.isWindows() ? List.of() : List.of("sh"));
        command.addAll(List.of(wrapper.toString(), "-B", "-ntp", "-Dstyle.color=never", "-f", folder.toString()));
        command.addAll(words);
        return Child.of(command).directory(project.home().toFile());
    }

    /** The stage's jar, built anew if that is needed. Whoever starts it takes a copy: {@link #runningJar}. */
    public static Path jar(Project project, Stage stage) {
        Path jar = stage.folder().resolve("target/gserver.jar");
        if (isOlder(jar, stage.folder())) {
            build(project, stage.folder(), jar);
        }
        return jar;
    }

    /**
     * The copy of a stage's jar that is started, in target/run. A JVM reads classes from its jar as long as it runs, and
     * loses them when a build writes over it; the copy is named by the time of the build and never written again.
     */
    @SuppressWarnings("try") // the lock is held, not asked
    public static Path runningJar(Project project, Stage stage) {
        Path jar = jar(project, stage);
        if (!Files.isWritable(jar.getParent())) {
            return jar; // then nobody builds it either
        }
        Path copies = jar.resolveSibling("run");
        try (FileChannel lock = lock(project, stage.folder())) {
            long built = Files.getLastModifiedTime(jar).toMillis();
            Path copy =
                    copies.resolve(Long.toString(built, Character.MAX_RADIX)).resolve(jar.getFileName());
            if (!Files.exists(copy)) {
                deleteOld(copies);
                Folders.copy(jar, copy);
            }
            return copy;
        } catch (IOException e) {
            throw Refusal.ofFile(copies + " cannot be written to", e);
        }
    }

    /** The command that starts a stage's jar, with options for its JVM; more words can be added. */
    public static List<String> run(Project project, Stage stage, List<String> options) {
        List<String> command = new ArrayList<>(List.of(Child.java()));
        command.addAll(options);
        command.addAll(List.of("-jar", runningJar(project, stage).toString()));
        return command;
    }

    /** A JVM has its jar open, and can read it on when its name is gone. Windows keeps what is in use. */
    private static void deleteOld(Path copies) {
        try {
            Folders.delete(copies);
        } catch (IOException e) {
            return;
        }
    }

    /**
     * The class path of a project in docs, which is built anew if that is needed.
     *
     * @param jar what is compared with its sources; "": Maven sees what has changed, also elsewhere
     */
    public static String classPath(Project project, String name, String jar) {
        Path folder = project.docs().resolve(name);
        Path target = folder.resolve("target");
        Path built = jar.isEmpty() ? folder : target.resolve(jar);
        if (jar.isEmpty() || isOlder(built, folder)) {
            build(project, folder, built);
        }
        return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*";
    }

    /** Whether a jar is missing or older than what it is made of. A folder's time tells that a file in it is gone. */
    public static boolean isOlder(Path jar, Path folder) {
        if (!Files.exists(jar)) {
            return true;
        }
        try (Stream<Path> sources = Files.walk(folder.resolve("src/main"))) {
            FileTime built = Files.getLastModifiedTime(jar);
            for (Path source :
                    Stream.concat(Stream.of(folder.resolve("pom.xml")), sources).toList()) {
                if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw Refusal.ofFile(folder + " cannot be read", e);
        }
    }

    /** One at a time builds in a folder: whoever comes second waits, until the lock is closed or its program ends. */
    public static FileChannel lock(Project project, Path folder) {
        Path file = project.docs().resolve("tools/target/" + folder.getFileName() + ".lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                System.err.println("course: " + project.name(folder) + " is being built; waiting ...");
                channel.lock();
            }
            return channel;
        } catch (IOException e) {
            throw Refusal.ofFile(file + " cannot be written to", e);
        }
    }

    @SuppressWarnings("try") // the lock is held, not asked
    private static void build(Project project, Path folder, Path jar) {
        if (!Files.isWritable(folder)) {
            throw Refusal.ofWork(
                    folder + " cannot be written to, and " + project.name(folder) + " has to be built there");
        }
        try (FileChannel lock = lock(project, folder)) {
            if (jar.equals(folder) || isOlder(jar, folder)) { // not built while this one waited
                make(project, folder);
                Files.setLastModifiedTime(jar, FileTime.from(Instant.now())); // Maven leaves an equal jar alone
            }
        } catch (IOException e) {
            throw Refusal.ofFile(project.name(folder) + " does not build", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts the main thread
        }
    }

    /** What Maven says goes to standard error. */
    private static void make(Project project, Path folder) throws IOException, InterruptedException {
        System.err.println("course: building " + project.name(folder) + " ...");
        Process maven = command(project, folder, List.of("-q", "package", "-DskipTests"))
                .redirectErrorStream(true)
                .start();
        maven.getInputStream().transferTo(System.err);
        if (maven.waitFor() != 0) {
            throw Refusal.ofWork(project.name(folder) + " does not build");
        }
    }

    /** A copy of all that a stand-alone Maven project needs to run without one on the machine. */
    public static void copyWrapper(Project project, Path folder) {
        for (String part : List.of(".mvn/wrapper", "mvnw", "mvnw.cmd")) {
            Folders.copy(project.home().resolve(part), folder.resolve(part));
        }
    }
}
