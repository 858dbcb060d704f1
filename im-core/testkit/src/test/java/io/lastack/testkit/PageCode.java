package io.lastack.testkit;

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
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The code of a page of the documentation, compiled and run as by somebody who has only the artifacts. */
public final class PageCode {
    private final Path page;
    private final Path directory;

    /**
     * @param page the name of a file in docs
     * @param directory an empty one, to compile in
     */
    public PageCode(String page, Path directory) {
        this.page = Path.of("..", "..", "docs", page);
        this.directory = directory;
    }

    /** What stands between two marks of the page. */
    public String between(String mark) throws IOException {
        String text = Files.readString(page);
        String begin = "<!-- " + mark + " -->\n```java\n";
        int from = text.indexOf(begin);
        int to = text.indexOf("```\n<!-- /" + mark + " -->", from);
        assertThat(from).as("the mark %s", mark).isPositive().isLessThan(to);
        return text.substring(from + begin.length(), to);
    }

    /** Compiles the sources and runs one of their classes, with JUnit. */
    public Events run(String testClass, String... sources) throws Exception {
        compile(sources);
        // The loader lives as long as the classes of the run; they may keep data in static fields.
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(loader.loadClass(testClass)))
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
            List<String> options =
                    List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path"));
            boolean ok = compiler.getTask(
                            problems, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
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

    public static Set<String> names(Events events) {
        return events.list().stream().map(PageCode::name).collect(Collectors.toSet());
    }

    private static String name(Event event) {
        return ((MethodSource) event.getTestDescriptor().getSource().orElseThrow()).getMethodName();
    }
}
