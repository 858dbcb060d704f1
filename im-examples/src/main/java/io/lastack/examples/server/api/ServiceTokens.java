package io.lastack.examples.server.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of the back ends that may call the API, by name. Kept as digests only, so that neither a dump nor the time of a
 * comparison tells one.
 */
public final class ServiceTokens {
    private static final int MIN_LENGTH = 32;
    private static final int MAX_LENGTH = 1_024;
    private static final ServiceTokens NONE = new ServiceTokens(Map.of());

    private final Map<String, byte[]> digests;

    private ServiceTokens(Map<String, byte[]> digests) {
        this.digests = digests;
    }

    public static ServiceTokens none() {
        return NONE;
    }

    /**
     * Reads tokens written as {@code NAME=TOKEN}, each in a line (or an item) of its own. Empty lines, and lines that start
     * with {@code #}, are left out.
     *
     * @param source what to call it in errors
     * @throws IllegalArgumentException if a line is not written so, a token is too short, or a name comes twice
     */
    public static ServiceTokens parse(String source, List<String> lines) {
        Map<String, byte[]> digests = new LinkedHashMap<>();
        int number = 0;
        for (String raw : lines) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String where = source + ", entry " + number;
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(where + " is not NAME=TOKEN");
            }
            String name = line.substring(0, equals).strip();
            String token = line.substring(equals + 1).strip();
            requireSound(where, name, token);
            if (digests.put(name, digest(token)) != null) {
                throw new IllegalArgumentException(where + " has the name " + name + " for the second time");
            }
        }
        return new ServiceTokens(digests);
    }

    private static void requireSound(String where, String name, String token) {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(where + " has a name that is not 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        if (token.length() < MIN_LENGTH || token.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(where + " (" + name + ") has a token of " + token.length()
                    + " characters; " + MIN_LENGTH + " to " + MAX_LENGTH + " are allowed");
        }
        if (!token.matches("[A-Za-z0-9._~+/=-]+")) {
            throw new IllegalArgumentException(
                    where + " (" + name + ") has a token with a character other than A-Z a-z 0-9 . _ ~ + / = -");
        }
    }

    /** The tokens of both. */
    public ServiceTokens and(ServiceTokens others) {
        Map<String, byte[]> all = new LinkedHashMap<>(digests);
        others.digests.forEach((name, digest) -> {
            if (all.put(name, digest) != null) {
                throw new IllegalArgumentException("the service token " + name + " is given twice");
            }
        });
        return new ServiceTokens(all);
    }

    public boolean isEmpty() {
        return digests.isEmpty();
    }

    /** The name of a token, if it is one of these. Takes the same time whichever it is. */
    Optional<String> nameOf(String token) {
        byte[] digest = digest(token);
        String found = null;
        for (Map.Entry<String, byte[]> each : digests.entrySet()) {
            if (MessageDigest.isEqual(each.getValue(), digest)) {
                found = each.getKey();
            }
        }
        return Optional.ofNullable(found);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The names. */
    @Override
    public String toString() {
        return digests.keySet().toString();
    }
}
