package io.lastack.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Jazzer, in a process of its own, looking for new inputs of one target below {@code target/fuzz}. */
final class FuzzRun {
    private static final int SECONDS_PER_INPUT = 20;
    private static final int LAST_WORDS = 60;

    private final FuzzTarget target;
    private final Path directory;

    FuzzRun(FuzzTarget target) {
        this.target = target;
        this.directory = Path.of("target", "fuzz", FuzzCorpus.fileName(target).replace(".hex", ""));
    }

    /**
     * Fuzzes, from what is known already.
     *
     * @param budget when it ends: {@code -runs=N} or {@code -max_total_time=SECONDS}
     * @return what libFuzzer said at the end
     * @throws AssertionError if it found a fault; the input is in the message, in hex
     */
    String fuzz(String budget, long seed, long maxSeconds) throws IOException, InterruptedException {
        Path corpus = directory.resolve("corpus");
        clear(directory);
        FuzzCorpus.unpack(FuzzCorpus.ofTheProtocol(target), corpus);
        Path known = directory.resolve("known");
        FuzzCorpus.unpack(FuzzCorpus.found(target), known);
        Path words = Files.write(directory.resolve("words.dict"), FuzzCorpus.dictionary());
        return jazzer(
                maxSeconds,
                List.of(
                        budget,
                        "-seed=" + Integer.toUnsignedString((int) seed),
                        "-dict=" + words,
                        "-print_final_stats=1",
                        corpus.toString(),
                        known.toString()));
    }

    /** Keeps of all inputs those that are enough to reach all code that they reach, and packs them. @return the file */
    Path merge(long maxSeconds) throws IOException, InterruptedException {
        Path merged = directory.resolve("merged");
        Files.createDirectories(merged);
        jazzer(
                maxSeconds,
                List.of(
                        "-merge=1",
                        "-use_counters=0",
                        merged.toString(),
                        directory.resolve("corpus").toString(),
                        directory.resolve("known").toString()));
        Path file = directory.resolve(FuzzCorpus.fileName(target));
        FuzzCorpus.pack(merged, file);
        return file;
    }

    private String jazzer(long maxSeconds, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--target_args=" + target.name(),
                "--instrumentation_includes=io.lastack.**",
                "--instrumentation_excludes=io.lastack.proto.v1.**",
                "--custom_hook_excludes=**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-max_len=" + FuzzTarget.MAX_BYTES,
                "-timeout=" + SECONDS_PER_INPUT,
                "-rss_limit_mb=2048"));
        command.addAll(arguments);
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(maxSeconds, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError((ended ? "exit " + process.exitValue() : "no end within " + maxSeconds + " s")
                        + " of " + target + "; see " + log.toAbsolutePath() + "\n" + lastWords(log));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return lastWords(log);
    }

    private static String lastWords(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    private static void clear(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }
}
