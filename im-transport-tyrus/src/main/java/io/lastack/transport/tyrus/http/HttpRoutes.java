package io.lastack.transport.tyrus.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A table from exact path and method to a handler. Immutable, and safe for use by any number of threads. */
public final class HttpRoutes {

    private static final HttpRoutes NONE = builder().build();

    private final Map<String, Map<String, HttpRoute>> byPath;

    private HttpRoutes(Map<String, Map<String, HttpRoute>> byPath) {
        this.byPath = byPath;
    }

    /** A table without routes. */
    public static HttpRoutes none() {
        return NONE;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The handlers of a path by method, or nothing if no method of the path is known. */
    public Optional<Map<String, HttpRoute>> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** Collects routes. Not safe for use by several threads. */
    public static final class Builder {

        private final Map<String, Map<String, HttpRoute>> byPath = new HashMap<>();

        private Builder() {}

        /** Answers {@code GET} (and with it {@code HEAD}) of this exact path. */
        public Builder get(String path, HttpRoute route) {
            return add("GET", path, route);
        }

        /** Answers {@code POST} of this exact path. */
        public Builder post(String path, HttpRoute route) {
            return add("POST", path, route);
        }

        /** Serves these bytes at this exact path. */
        public Builder page(String path, String contentType, byte[] body) {
            var reply = HttpReply.of(200, contentType, body.clone()).with("X-Content-Type-Options", "nosniff");
            return get(path, call -> reply);
        }

        /**
         * Answers a method of a path.
         *
         * @throws IllegalArgumentException if the path does not start with a slash or holds a {@code ?} or {@code #}, if
         *     the method is {@code HEAD} (it follows from {@code GET}), or if the place is taken
         */
        public Builder add(String method, String path, HttpRoute route) {
            var verb = method.toUpperCase(Locale.ROOT);
            if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
                throw new IllegalArgumentException("path \"" + path + "\" must start with / and hold neither ? nor #");
            }
            if (verb.equals("HEAD")) {
                throw new IllegalArgumentException("HEAD is answered from the GET route of " + path);
            }
            var methods = byPath.computeIfAbsent(path, any -> new TreeMap<>());
            if (methods.putIfAbsent(verb, route) != null) {
                throw new IllegalArgumentException("there is a route already for " + verb + " " + path);
            }
            return this;
        }

        public HttpRoutes build() {
            var copy = new HashMap<String, Map<String, HttpRoute>>();
            byPath.forEach((path, methods) -> copy.put(path, new TreeMap<>(methods)));
            return new HttpRoutes(Map.copyOf(copy));
        }
    }
}
