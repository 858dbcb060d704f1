package io.lastack.transport.tyrus.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table from exact path and method to a handler, and from the beginning of a path to a handler of everything below it.
 * Immutable, and safe for use by any number of threads.
 */
public final class HttpRoutes {

    private static final HttpRoutes NONE = builder().build();

    private final Map<String, Map<String, HttpRoute>> byPath;
    private final Map<String, HttpRoute> byPrefix;

    private HttpRoutes(Map<String, Map<String, HttpRoute>> byPath, Map<String, HttpRoute> byPrefix) {
        this.byPath = byPath;
        this.byPrefix = byPrefix;
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

    /** The handler of everything below some beginning of this path, the longest if there are several. */
    public Optional<HttpRoute> above(String path) {
        for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            var route = byPrefix.get(path.substring(0, slash + 1));
            if (route != null) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    /** Collects routes. Not safe for use by several threads. */
    public static final class Builder {

        private final Map<String, Map<String, HttpRoute>> byPath = new HashMap<>();
        private final Map<String, HttpRoute> byPrefix = new HashMap<>();

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

        /**
         * Answers every method of every path that begins so and has no route of its own. Which methods and paths there are,
         * {@code OPTIONS} included, is then for the route to say; a {@code HEAD} request arrives as {@code GET}.
         *
         * @param prefix such as {@code /api/v1/}
         * @throws IllegalArgumentException if the prefix does not start and end with a slash, holds a {@code ?} or
         *     {@code #}, or is taken
         */
        public Builder under(String prefix, HttpRoute route) {
            if (!prefix.startsWith("/")
                    || !prefix.endsWith("/")
                    || prefix.indexOf('?') >= 0
                    || prefix.indexOf('#') >= 0) {
                throw new IllegalArgumentException(
                        "prefix \"" + prefix + "\" must start and end with / and hold neither ? nor #");
            }
            if (byPrefix.putIfAbsent(prefix, route) != null) {
                throw new IllegalArgumentException("there is a route already for everything below " + prefix);
            }
            return this;
        }

        public HttpRoutes build() {
            var copy = new HashMap<String, Map<String, HttpRoute>>();
            byPath.forEach((path, methods) -> copy.put(path, new TreeMap<>(methods)));
            return new HttpRoutes(Map.copyOf(copy), Map.copyOf(byPrefix));
        }
    }
}
