package io.lastack.examples.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Service tokens in a file, and others beside them. The file is read again when it changes: a token is rotated without a
 * restart. Thread-safe.
 */
final class TokenFile {
    private static final Logger log = LoggerFactory.getLogger(TokenFile.class);

    private final Path file;
    private final ServiceTokens others;
    private volatile State state;

    private record State(
            FileTime modified, long size, @Nullable Object key, ServiceTokens tokens) {
        boolean isOf(BasicFileAttributes now) {
            return modified.equals(now.lastModifiedTime())
                    && size == now.size()
                    && (key == null || key.equals(now.fileKey()));
        }
    }

    /**
     * @throws IllegalArgumentException if the file holds no token, or a wrong one, or one by the name of another
     * @throws UncheckedIOException if it cannot be read
     */
    TokenFile(Path file, ServiceTokens others) {
        this.file = file;
        this.others = others;
        try {
            this.state = read();
        } catch (IOException e) {
            throw new UncheckedIOException("--service-token-file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The tokens of now. While the file cannot be read or is wrong, those of before. */
    ServiceTokens tokens() {
        try {
            if (!state.isOf(Files.readAttributes(file, BasicFileAttributes.class))) {
                state = read();
                log.info("the service tokens of {} are now {}", file, state.tokens());
            }
        } catch (IOException | IllegalArgumentException e) {
            log.warn("the service tokens of {} stay {}: {}", file, state.tokens(), e.toString());
        }
        return state.tokens();
    }

    private State read() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        ServiceTokens tokens = ServiceTokens.parse(file.toString(), Files.readAllLines(file));
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException(file + " has no token; one line NAME=TOKEN or more is expected");
        }
        return new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey(), tokens.and(others));
    }
}
