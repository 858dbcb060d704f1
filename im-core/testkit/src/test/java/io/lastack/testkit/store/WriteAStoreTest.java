package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The code of docs/write-a-store.md, as it stands there, compiled and run by somebody who has only the two artifacts. */
class WriteAStoreTest {
    @TempDir
    Path directory;

    @Test
    void theStoreOfThePageIsGreen() throws Exception {
        Events tests = run(code("store-test"), code("store"));

        assertThat(names(tests.failed())).isEmpty();
        assertThat(tests.list().stream().map(e -> e.getType().toString())).doesNotContain("SKIPPED");
        assertThat(names(tests.succeeded()))
                .hasSizeGreaterThan(120)
                .contains(
                        "theOldestMessagesAreGoneAndTheOthersAreAsTheyWere",
                        "whatAMemberSentStaysWhenItIsRemoved",
                        "everyMessageIsThereAsItWas");
    }

    @Test
    void theBrokenStoreOfThePageIsCaughtAsThePageSays() throws Exception {
        Events tests = run(
                code("store-test").replace("ExampleStore.open()", "new BrokenStore()"), code("store"), code("broken"));

        assertThat(names(tests.failed()))
                .contains("whatWasNotSentBeforeTheTimeStaysWithAllAboveIt", "everyAnswerToRandomCallsIsThatOfTheModel");
    }

    private static String code(String mark) throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "write-a-store.md"));
        String begin = "<!-- " + mark + " -->\n```java\n";
        int from = page.indexOf(begin);
        int to = page.indexOf("```\n<!-- /" + mark + " -->", from);
        assertThat(from).as("the mark %s", mark).isPositive().isLessThan(to);
        return page.substring(from + begin.length(), to);
    }

    private Events run(String... sources) throws Exception {
        compile(sources);
        // The loader lives as long as the classes of the run; the page's store holds its data in one of them.
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(loader.loadClass("com.example.chat.ExampleStoreTest")))
                    .configurationParameter("junit.jupiter.execution.timeout.default", "100 s")
                    .execute()
                    .testEvents();
        }
    }

    private void compile(String... sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files = Stream.of(sources).map(this::write).toList();
        StringWriter problems = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean ok = compiler.getTask(
                            problems,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    directory.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(ok).as("the page compiles: %s", problems).isTrue();
        }
    }

    private Path write(String source) {
        String name = source.replaceFirst("(?s).*?\\nclass (\\w+).*", "$1");
        try {
            return Files.writeString(directory.resolve(name + ".java"), source);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> names(Events events) {
        return events.list().stream().map(WriteAStoreTest::name).collect(Collectors.toSet());
    }

    private static String name(Event event) {
        return ((MethodSource) event.getTestDescriptor().getSource().orElseThrow()).getMethodName();
    }
}
