package io.lastack.transport.tyrus.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that says exactly what a test wants, right or wrong. Every wait ends after ten seconds. */
public final class RawClient implements AutoCloseable {

    public static final int TEXT = 0x81;
    public static final int BINARY = 0x82;
    public static final int CLOSE = 0x88;
    public static final int PING = 0x89;
    public static final int PONG = 0x8A;

    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] KEY = {0x12, (byte) 0xA7, 0x3F, (byte) 0xE0};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    public RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** With a receive buffer of so many bytes, or the system's choice for 0. */
    public RawClient(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Opened at the path, or an error with the answer. */
    public static RawClient upgraded(int port, String path) throws IOException {
        var client = new RawClient(port);
        client.handshake(path, "");
        var answer = client.response();
        if (answer.status() != 101) {
            throw new IOException("not upgraded but " + answer);
        }
        return client;
    }

    /** Sends a good handshake with further header lines, each ended by CR LF. */
    public void handshake(String path, String more) throws IOException {
        ascii("GET " + path + " HTTP/1.1\r\nHost: localhost:" + socket.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + more + "\r\n");
    }

    public void ascii(String text) throws IOException {
        bytes(text.getBytes(ISO_8859_1));
    }

    public void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void text(String text) throws IOException {
        frame(TEXT, text.getBytes(UTF_8));
    }

    /** Sends a masked frame; the first byte is final bit, reserved bits and opcode. */
    public void frame(int first, byte[] payload) throws IOException {
        bytes(frameBytes(first, payload));
    }

    public static byte[] frameBytes(int first, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.write(0x80 | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(0x80 | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(KEY);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ KEY[i % KEY.length]);
        }
        return frame.toByteArray();
    }

    public void close(int code) throws IOException {
        frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** Reads the next frame, which must not be masked. */
    public Frame frame() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if (second > 127) {
            throw new IOException("the server masked a frame");
        }
        long length = second == 126 ? in.readUnsignedShort() : second == 127 ? in.readLong() : second;
        var payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    /** Reads a status line, headers and as much body as Content-Length says. */
    public Response response() throws IOException {
        return response(true);
    }

    /** For an answer to HEAD, which has a Content-Length and no body. */
    public Response responseWithoutBody() throws IOException {
        return response(false);
    }

    private Response response(boolean withBody) throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        var body = new byte[length];
        in.readFully(body);
        return new Response(status, headers, new String(body, UTF_8));
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Reads a body in chunks, to its end. */
    public String chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int length = chunk(); length > 0; length = chunk()) {
            body.writeBytes(in.readNBytes(length));
            line();
        }
        line();
        return body.toString(UTF_8);
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    /** Reads until the connection ends, however it does. */
    public String untilEnd() throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.write(next);
            }
        } catch (java.net.SocketException e) {
            // Reset: what came before counts.
        }
        return all.toString(UTF_8);
    }

    /** Reads a server-sent event, without the empty line that ends it. */
    public String event() throws IOException {
        var event = new StringBuilder();
        for (var line = utf8Line(); !line.isEmpty(); line = utf8Line()) {
            event.append(event.isEmpty() ? "" : "\n").append(line);
        }
        return event.toString();
    }

    private String utf8Line() throws IOException {
        return new String(line().getBytes(ISO_8859_1), UTF_8);
    }

    /** Whether the server ends the connection without a further byte. */
    public boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    /** Reads frames until the connection ends and returns how it ended. */
    public String end() {
        try {
            while (true) {
                in.readByte();
            }
        } catch (EOFException e) {
            return "end";
        } catch (java.net.SocketTimeoutException e) {
            return "open";
        } catch (IOException e) {
            return "reset";
        }
    }

    /** Ends the connection with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Says, as the system does for a program that ends in good order, that nothing more will come. */
    public void shutdown() throws IOException {
        socket.shutdownOutput();
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    public record Response(int status, Map<String, String> headers, String body) {}

    @SuppressWarnings("ArrayRecordComponent")
    public record Frame(int first, byte[] payload) {

        public String text() {
            return new String(payload, UTF_8);
        }

        public int closeCode() {
            return first == CLOSE && payload.length >= 2
                    ? ByteBuffer.wrap(payload).getShort() & 0xFFFF
                    : -1;
        }

        public String closeReason() {
            return new String(payload, 2, payload.length - 2, UTF_8);
        }
    }
}
