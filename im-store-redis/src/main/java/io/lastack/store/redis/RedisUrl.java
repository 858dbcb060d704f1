package io.lastack.store.redis;

import java.net.URI;
import java.net.URISyntaxException;

/** Checks of the URL of a server. It may hold a password, so that no error repeats it. */
final class RedisUrl {
    private RedisUrl() {}

    static URI parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the URL of Redis is not one: " + e.getReason() + " at index "
                    + e.getIndex() + "; such as" + " redis://host:6379 is allowed");
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            throw new IllegalArgumentException(
                    "the URL of Redis begins with " + scheme + ":, which is not allowed; redis: and rediss: are");
        }
        String path = uri.getPath();
        if (uri.getHost() == null || (path != null && !path.matches("(/[0-9]*)?"))) {
            throw new IllegalArgumentException("the URL of Redis has "
                    + (uri.getHost() == null ? "no host" : "the path " + path)
                    + "; redis://host:6379 is allowed, with the number of a database after it");
        }
        return uri;
    }
}
