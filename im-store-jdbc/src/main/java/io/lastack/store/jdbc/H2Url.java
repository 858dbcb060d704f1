package io.lastack.store.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** An H2 URL: {@code jdbc:h2:path;SETTING=value;…}. */
final class H2Url {
    static final String PREFIX = "jdbc:h2:";
    private static final String FILE = "file:";

    /** Interrupting a thread closes the file channel that it uses; this file system opens it again. */
    private static final String RETRY = "retry:";

    /** A word before a colon names a file system or a protocol; one letter is a drive. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9]+:.*");

    /**
     * Reusing the room of dropped chunks early makes the open file 2 to 3 times smaller; {@link H2File} sees to it that it
     * is not too early. H2's background writer would write in the middle of transactions. The cache holds the plans of all the store's statements
     * (8 by default, and preparing anew costs more than most of them). A query asked again must not be answered from its
     * last result while a commit is under way: who heard of a seq must be able to read it. DB_CLOSE_ON_EXIT would close the database while the
     * host shuts down, before the host closes the store. H2's own log would quote the rows that it has trouble with; what
     * went wrong is in the exceptions.
     */
    private static final List<String> DEFAULTS = List.of(
            "RETENTION_TIME=0",
            "WRITE_DELAY=" + Integer.MAX_VALUE,
            "QUERY_CACHE_SIZE=64",
            "OPTIMIZE_REUSE_RESULTS=FALSE",
            "LOCK_TIMEOUT=500",
            "DB_CLOSE_ON_EXIT=FALSE",
            "TRACE_LEVEL_FILE=0");

    private final String path;
    private final List<String> settings;

    private H2Url(String path, List<String> settings) {
        this.path = path;
        this.settings = settings;
    }

    /** @throws IllegalArgumentException if the URL names no database */
    static H2Url of(String url) {
        List<String> parts = Arrays.asList(url.substring(PREFIX.length()).split(";"));
        String path = parts.get(0);
        if (path.equals("mem:")) {
            throw new IllegalArgumentException("an in-memory database needs a name, as in jdbc:h2:mem:im;"
                    + " without one every connection has a database of its own");
        }
        if (path.isEmpty() || path.equals(FILE)) {
            throw new IllegalArgumentException("the URL names no file, as jdbc:h2:file:./data/im does");
        }
        return new H2Url(path, parts.subList(1, parts.size()));
    }

    /** Whether the URL says something about the setting. */
    boolean has(String setting) {
        return settings.stream()
                .anyMatch(given -> given.toUpperCase(Locale.ROOT).startsWith(setting + "="));
    }

    /** The URL with the store's settings where it does not say otherwise, and safe from interrupts where it names a file. */
    String withDefaults() {
        StringBuilder full = new StringBuilder(PREFIX).append(safePath());
        settings.forEach(setting -> full.append(';').append(setting));
        for (String setting : DEFAULTS) {
            if (!has(setting.substring(0, setting.indexOf('=')))) {
                full.append(';').append(setting);
            }
        }
        return full.toString();
    }

    private String safePath() {
        String file = path.startsWith(FILE) ? path.substring(FILE.length()) : path;
        return SCHEME.matcher(file).matches() ? path : RETRY + file;
    }
}
