package io.lastack.transport.tyrus.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One client connection of a {@link PeerLoop}; everything on its thread. */
final class Peer {

    private static final int HEADER_END = 0x0D0A0D0A;

    final SocketChannel channel;
    final Script script;
    private final PeerLoop loop;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>(0);
    private SelectionKey key;
    private byte @Nullable [] rest;
    private boolean upgraded;
    private boolean ended;

    Peer(PeerLoop loop, SocketChannel channel, Script script) {
        this.loop = loop;
        this.channel = channel;
        this.script = script;
    }

    void registered(SelectionKey newKey) {
        key = newKey;
    }

    PeerLoop loop() {
        return loop;
    }

    boolean isEnded() {
        return ended;
    }

    /** What was said and the operating system has not taken yet. */
    boolean isStuffed() {
        return !unsent.isEmpty();
    }

    /** Sends a frame; the mask is zero, so that the payload is what is sent. */
    void frame(int first, byte[] payload) {
        send(frameBytes(first, payload));
    }

    static byte[] frameBytes(int first, byte[] payload) {
        var frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) 0xFE).putShort((short) payload.length);
        } else {
            frame.put((byte) 0xFF).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    void send(byte[] bytes) {
        unsent.add(ByteBuffer.wrap(bytes));
        if (unsent.size() == 1) {
            flush();
        }
    }

    void flush() {
        try {
            while (!unsent.isEmpty()) {
                channel.write(unsent.getFirst());
                if (unsent.getFirst().hasRemaining()) {
                    key.interestOpsOr(SelectionKey.OP_WRITE);
                    return;
                }
                unsent.removeFirst();
            }
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        } catch (IOException | java.nio.channels.CancelledKeyException e) {
            end();
        }
    }

    /** Reads nothing from now on, and so answers nothing. */
    void deaf() {
        key.interestOps(0);
    }

    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        end();
    }

    /** Says that nothing more will come. */
    void finish() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            end();
        }
    }

    void end() {
        if (!ended) {
            ended = true;
            key.cancel();
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            loop.left(this);
            script.ended(this);
        }
    }

    void ready(ByteBuffer room) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                script.connected(this);
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read(room);
            }
        } catch (IOException | java.nio.channels.CancelledKeyException e) {
            end();
        }
    }

    private void read(ByteBuffer room) throws IOException {
        room.clear();
        if (rest != null) {
            room.put(rest);
            rest = null;
        }
        if (channel.read(room) < 0) {
            end();
            return;
        }
        room.flip();
        while (!ended && room.hasRemaining() && (upgraded ? frame(room) : answer(room))) {}
        if (!ended && room.hasRemaining()) {
            rest = new byte[room.remaining()];
            room.get(rest);
        }
    }

    private boolean answer(ByteBuffer room) {
        for (int i = room.position(); i + 4 <= room.limit(); i++) {
            if (room.getInt(i) == HEADER_END) {
                int status = (room.get(room.position() + 9) - '0') * 100
                        + (room.get(room.position() + 10) - '0') * 10
                        + room.get(room.position() + 11)
                        - '0';
                room.position(i + 4);
                upgraded = status == 101;
                script.answered(this, status);
                return upgraded;
            }
        }
        return false;
    }

    private boolean frame(ByteBuffer room) throws IOException {
        int begin = room.position();
        if (room.remaining() < 2) {
            return false;
        }
        int first = room.get() & 0xFF;
        long length = room.get();
        int more = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (room.remaining() >= more) {
            length = more == 2 ? room.getShort() & 0xFFFF : more == 8 ? room.getLong() : length;
            if (room.remaining() >= length) {
                int end = room.position() + (int) length;
                script.frame(this, first, room.slice(room.position(), (int) length));
                room.position(end);
                return true;
            }
        }
        room.position(begin);
        return false;
    }
}
