package io.lastack.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles the example of the documentation as it stands there, runs it, and checks what its comments say. */
final class DocumentedExampleTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern ANSWERED = Pattern.compile("(.*);\\s*// (.*)");
    private static final String PROGRAM = """
            import io.lastack.cursor.AckCursor;
            import java.util.OptionalLong;

            class Example {
                public static void main(String[] args) {
                    %s
                }

                static void answer(Object value) {
                    System.out.println(value);
                }

                static void answer(OptionalLong value) {
                    System.out.println(value.getAsLong());
                }
            }
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/ack-cursor.md"})
    void theExampleAnswersWhatItsCommentsSay(String page) throws Exception {
        List<String> expected = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (String line : example(Path.of("..", page))) {
            var answered = ANSWERED.matcher(line);
            if (answered.matches()) {
                expected.add(answered.group(2));
                body.append("answer(").append(answered.group(1)).append(");\n");
            } else {
                body.append(line).append('\n');
            }
        }
        assertThat(run(PROGRAM.formatted(body)))
                .containsExactlyElementsOf(expected)
                .containsExactly("0", "1", "[1..1]");
    }

    private static List<String> example(Path page) throws Exception {
        return JAVA_BLOCK
                .matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("AckCursor"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no java block about AckCursor in " + page))
                .lines()
                .toList();
    }

    /** Has the java command compile and run a single source file; returns the lines that it prints, errors included. */
    private List<String> run(String program) throws Exception {
        Path source = Files.writeString(directory.resolve("Example.java"), program);
        Path output = directory.resolve("output.txt");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path classes = Path.of(AckCursor.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(java.toString(), "-cp", classes.toString(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("ends within 60 s")
                    .isTrue();
            return Files.readAllLines(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
