package io.lastack.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiring example of the README, as it stands there, compiled and run in a process of its own. */
class WiringTest {
    private static final String BEGIN = "<!-- wiring -->\n```java\n";
    private static final String END = "```\n<!-- /wiring -->";

    @TempDir
    Path directory;

    @Test
    void theWiringExampleOfTheReadmeCompilesAndRuns() throws IOException, InterruptedException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        assertThat(begin).as("the mark in the README").isPositive().isLessThan(end);
        // The port may be taken on this machine; everything else is run to the letter.
        String example = readme.substring(begin + BEGIN.length(), end).replace("8080", "0");
        Path source = directory.resolve("Wiring.java");
        Files.writeString(source, program(example));

        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(Files.readString(output)).endsWith("seq 1, unread by [bob], online false\n");
    }

    private static String program(String example) {
        return """
                import io.lastack.*;
                import io.lastack.log.*;
                import io.lastack.store.jdbc.JdbcStore;
                import io.lastack.transport.tyrus.*;

                class Wiring {
                    public static void main(String[] args) {
                        var secret = "thirty-two bytes are the least that is taken";
                        %s
                        System.out.println("seq " + sent.seq() + ", unread by " + readers.unreadBy() + ", online " + online);
                        im.close();
                        server.close();
                        store.close();
                        System.exit(0);
                    }
                }
                """.formatted(example);
    }
}
