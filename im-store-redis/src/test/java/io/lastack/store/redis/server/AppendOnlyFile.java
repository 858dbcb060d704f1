package io.lastack.store.redis.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code redis-check-aof --fix} does to the files of a server that was killed. */
final class AppendOnlyFile {
    private AppendOnlyFile() {}

    /** Cuts off what is unfinished; nothing if there is no such file. */
    static void mend(Path server, Path directory) throws IOException {
        for (String name : List.of("appendonlydir/appendonly.aof.manifest", "appendonly.aof")) {
            Path file = directory.resolve(name);
            // Of an empty file it says that it is wrong; the server starts with it.
            if (Files.exists(file) && Files.size(file) > 0) {
                mendFile(server, directory, file);
            }
        }
    }

    private static void mendFile(Path server, Path directory, Path file) throws IOException {
        // The server is the checker too, under this name.
        Path checker = directory.resolve("redis-check-aof");
        if (!Files.exists(checker)) {
            Files.createSymbolicLink(checker, server);
        }
        Process check = new ProcessBuilder(checker.toString(), "--fix", file.toString())
                .redirectErrorStream(true)
                .start();
        try (var answers = check.getOutputStream()) {
            answers.write("y\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It had nothing to ask.
        }
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (check.waitFor() != 0) {
                throw new IOException("redis-check-aof: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
