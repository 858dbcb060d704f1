package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Message;
import io.lastack.store.jdbc.server.ServerKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes append to one hot conversation while this one reads it. {@code -Dseconds=60} says for how long. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@ParameterizedClass
@MethodSource("io.lastack.store.jdbc.server.ServerKind#servers")
class TwoProcessesTest {
    private final ServerKind kind;

    TwoProcessesTest(ServerKind kind) {
        this.kind = kind;
    }

    @Test
    void whatTwoProcessesAppendAtOnceIsGaplessAndSeenInOrder() throws Exception {
        int seconds = seconds();
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        System.out.println("two processes on " + kind + ": repeat with -Dlastack.seed=" + seed);
        String url = kind.newDatabase();
        List<Writer> writers = new ArrayList<>();
        try (JdbcStore store = JdbcStore.open(url)) {
            for (int i = 0; i < 2; i++) {
                writers.add(Writer.start(url, seconds, seed + 10L * i));
            }
            for (Writer writer : writers) {
                assertThat(writer.said.readLine()).isEqualTo("READY");
            }
            for (Writer writer : writers) {
                writer.go();
            }
            long seen = 0;
            while (writers.stream().anyMatch(writer -> writer.process.isAlive())) {
                seen = readOn(store, seen);
            }
            seen = readOn(store, seen);
            long appended = 0;
            for (Writer writer : writers) {
                assertThat(writer.process.waitFor())
                        .as("a writer met no failure")
                        .isZero();
                appended += Long.parseLong(writer.said.readLine());
            }
            assertThat(seen).as("messages seen, of those appended").isEqualTo(appended);
            System.out.println(kind + ": two processes appended " + appended + " messages to one conversation in "
                    + seconds + " s, all seen in order, without a gap");
        } finally {
            for (Writer writer : writers) {
                writer.process.destroyForcibly();
            }
        }
    }

    private static int seconds() {
        int given = Integer.getInteger("lastack.seconds", 0);
        return given > 0 ? given : Boolean.getBoolean("lastack.heavy") ? 5 : 2;
    }

    /** Reads what came after {@code seen}, which must go on from there. */
    private static long readOn(JdbcStore store, long seen) {
        long last = seen;
        for (Message message : Chat.read(store, HotWriter.HOT, seen + 1, 1 << 20)) {
            assertThat(message.seq()).isEqualTo(last + 1);
            last = message.seq();
        }
        return last;
    }

    private record Writer(Process process, BufferedReader said) {
        static Writer start(String url, int seconds, long seed) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                            "-cp",
                            System.getProperty("java.class.path"),
                            HotWriter.class.getName(),
                            url,
                            String.valueOf(seconds),
                            String.valueOf(seed))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Writer(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }

        void go() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
    }
}
