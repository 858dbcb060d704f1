package io.lastack.examples.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secrets of dev login: drawn at the first start and kept in the data directory, so that tokens outlive a restart. */
final class DevSecret {
    private static final String USERS = "dev-login.secret";
    private static final String SERVICES = "dev-service-tokens";
    private static final int BYTES = 32;

    private DevSecret() {}

    /** The secret of the users' tokens. */
    static String in(Path data) {
        try {
            return Files.readString(file(data, USERS, "")).strip();
        } catch (IOException e) {
            throw unusable(data, e);
        }
    }

    /** A file with a service token, for the HTTP API. */
    static Path serviceTokens(Path data) {
        return file(data, SERVICES, "dev=");
    }

    private static Path file(Path data, String name, String before) {
        try {
            Files.createDirectories(data);
            Path file = data.resolve(name);
            if (!Files.exists(file)) {
                write(file, before);
            }
            return file;
        } catch (IOException e) {
            throw unusable(data, e);
        }
    }

    private static UncheckedIOException unusable(Path data, IOException e) {
        return new UncheckedIOException("the data directory " + data + " cannot be used: " + e.getMessage(), e);
    }

    /** Written beside its place and moved there whole: a start that is cut off leaves no half secret behind. */
    private static void write(Path file, String before) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(draft, before + HexFormat.of().formatHex(secret));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
