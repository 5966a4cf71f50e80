package dev.gserver.races;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs one test of a stage, in a JVM of its own. Writes how many tests ran, and how many of them failed. */
final class StageTest {
    private StageTest() {}

    /** The arguments: the test's class, its method, and the file to write to. */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        Class<?> type = Class.forName(args[0]);
        Method test = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(args[1]))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(args[1]));
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(type, test))
                .build();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        String why = summary.getFailures().isEmpty()
                ? ""
                : String.valueOf(summary.getFailures().get(0).getException().getMessage());
        Files.writeString(
                Path.of(args[2]), summary.getTestsFoundCount() + "\n" + summary.getTestsFailedCount() + "\n" + why);
        System.exit(0);
    }
}
