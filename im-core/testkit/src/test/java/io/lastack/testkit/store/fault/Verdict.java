package io.lastack.testkit.store.fault;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.lastack.spi.ImStore;
import io.lastack.testkit.store.DurableStoreContract;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What the tests of a contract say of a store: their method names. */
record Verdict(Set<String> passed, Set<String> failed, Set<String> notRun) {
    /** Of a store that is the same whenever it is opened. */
    static Verdict of(ImStore store) {
        return ofOpening(() -> store);
    }

    static Verdict ofOpening(Supplier<ImStore> open) {
        UnderTest.opening = open;
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(UnderTest.class))
                .configurationParameter("junit.jupiter.execution.timeout.default", "100 s")
                .execute()
                .testEvents();
        return new Verdict(
                names(tests.succeeded().list()),
                names(tests.failed().list()),
                names(tests.list().stream()
                        .filter(event -> event.getType().toString().equals("SKIPPED"))
                        .toList()));
    }

    private static Set<String> names(List<Event> events) {
        return events.stream()
                .map(event ->
                        (MethodSource) event.getTestDescriptor().getSource().orElseThrow())
                .map(MethodSource::getMethodName)
                .collect(Collectors.toSet());
    }

    /** The engine makes its own instance of the class, so the store comes to it by a static field; one run at a time. */
    static final class UnderTest extends DurableStoreContract {
        private static volatile Supplier<ImStore> opening = NothingStore::new;

        @Override
        protected ImStore open() {
            return opening.get();
        }
    }
}
