package io.lastack.examples.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret of dev login: drawn at the first start and kept in the data directory, so that tokens outlive a restart. */
final class DevSecret {
    private static final String FILE = "dev-login.secret";
    private static final int BYTES = 32;

    private DevSecret() {}

    static String in(Path data) {
        try {
            Files.createDirectories(data);
            Path file = data.resolve(FILE);
            if (!Files.exists(file)) {
                write(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + data + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Written beside its place and moved there whole: a start that is cut off leaves no half secret behind. */
    private static void write(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path draft = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(draft);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(draft, HexFormat.of().formatHex(secret));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
