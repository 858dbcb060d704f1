package io.lastack.examples.server.api;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A path with parameters: {@code groups/{group}/members}. */
final class PathTemplate {
    private final List<String> parts;

    PathTemplate(String path) {
        this.parts = segments(path.substring(1));
    }

    /** The parts of a path, as sent. */
    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    boolean fits(List<String> segments) {
        if (segments.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (isParameter(parts.get(i))
                    ? segments.get(i).isEmpty()
                    : !parts.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The parameters' values, decoded. */
    Map<String, String> values(List<String> segments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (isParameter(part)) {
                // After a slash a colon is no end of a scheme, and a plus is a plus.
                values.put(
                        part.substring(1, part.length() - 1),
                        URI.create("/" + segments.get(i)).getPath().substring(1));
            }
        }
        return values;
    }

    private static boolean isParameter(String part) {
        return part.startsWith("{");
    }
}
