package io.lastack.transport.tyrus.netty;

/**
 * What a server accepts at most.
 *
 * @param textBytes size of an incoming text message, all fragments together; more is closed with 1009
 * @param binaryBytes size of an incoming binary message, likewise
 * @param queuedBytes bytes waiting to be written to one connection; more is closed with 4413
 * @param httpBodyBytes size of the body of a plain HTTP request; more is answered with 413
 * @param connections connections open at a time; more are answered with 503
 * @param connectionsPerAddress connections open at a time from one client address; more are answered with 429
 * @param idleFramesPerSecond frames that carry nothing (pings, pongs, closes, empty messages and fragments) from one
 *     connection within a second; more is closed with 4429
 */
public record ServerLimits(
        int textBytes,
        int binaryBytes,
        int queuedBytes,
        int httpBodyBytes,
        int connections,
        int connectionsPerAddress,
        int idleFramesPerSecond) {

    /** 256 KiB messages, 4 MiB queued, 64 KiB HTTP bodies, 100,000 connections, no limit per address, 100 idle frames. */
    public static final ServerLimits DEFAULT =
            new ServerLimits(256 * 1024, 256 * 1024, 4 * 1024 * 1024, 64 * 1024, 100_000, Integer.MAX_VALUE, 100);

    public ServerLimits {
        atLeast(125, textBytes, "textBytes");
        atLeast(125, binaryBytes, "binaryBytes");
        atLeast(1024, queuedBytes, "queuedBytes");
        atLeast(0, httpBodyBytes, "httpBodyBytes");
        atLeast(1, connections, "connections");
        atLeast(1, connectionsPerAddress, "connectionsPerAddress");
        atLeast(1, idleFramesPerSecond, "idleFramesPerSecond");
    }

    private static void atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + least + " or more");
        }
    }
}
