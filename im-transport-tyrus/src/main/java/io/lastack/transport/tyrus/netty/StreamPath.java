package io.lastack.transport.tyrus.netty;

/**
 * An endpoint for clients that cannot use WebSocket: what it says goes out as server-sent events of one long answer, and
 * what a client says comes in as the bodies of requests. Which requests there are, and what they mean, is in
 * {@code docs/transport.md}.
 *
 * @param path the exact path
 * @param gate who may connect to it
 * @param endpoint what is there
 */
public record StreamPath(String path, Gate gate, StreamEndpoint endpoint) {

    public StreamPath {
        if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw new IllegalArgumentException("path \"" + path + "\" must start with / and hold neither ? nor #");
        }
    }
}
