package io.lastack.testkit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/**
 * The tests of a suite that is chosen when the store is open: what a power is held to depends on whether the store declares
 * it. Each test runs on an instance of its own, under its own name, and for a minute at most.
 */
final class PowerTests {
    private PowerTests() {}

    static Stream<DynamicTest> of(Supplier<? extends StoreSuite> suite) {
        return Arrays.stream(suite.get().getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), source(method), () -> run(method, suite)));
    }

    private static URI source(Method method) {
        return URI.create("method:" + method.getDeclaringClass().getName() + "#" + method.getName());
    }

    private static void run(Method test, Supplier<? extends StoreSuite> suite) throws Throwable {
        Callable<Boolean> task = () -> {
            test.invoke(suite.get());
            return true;
        };
        try {
            Together.run(List.of(task));
        } catch (AssertionError e) {
            // Told as the test told it, without the wrappings of thread and reflection.
            throw e.getCause() instanceof InvocationTargetException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : e;
        }
    }
}
