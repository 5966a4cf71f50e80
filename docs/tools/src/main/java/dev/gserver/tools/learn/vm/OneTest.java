package dev.gserver.tools.learn.vm;

import dev.gserver.tools.learn.vm.Wire.Test;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

/** Runs one test method, with all its parameters, and keeps the first thing that it throws. */
final class OneTest implements TestExecutionListener {
    private Throwable failure;

    private OneTest() {}

    /** Returns what it has thrown; null if it has passed. */
    static Throwable run(Launcher launcher, Test test) throws ClassNotFoundException {
        Class<?> type =
                Class.forName(test.className(), false, Thread.currentThread().getContextClassLoader());
        List<? extends DiscoverySelector> methods = Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(test.method()))
                .map((Method method) -> DiscoverySelectors.selectMethod(type, method))
                .toList();
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(methods).build();
        OneTest listener = new OneTest();
        launcher.execute(request, listener);
        return methods.isEmpty() ? new NoSuchMethodException(test.method()) : listener.failure;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (failure == null && result.getStatus() == Status.FAILED) {
            failure = result.getThrowable().orElseGet(AssertionError::new);
        }
    }
}
