package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the engine: cuts the stream into frames, refuses what the engine would let pass or answer with a wrong
 * code, and takes the mask off. A frame over the limit is refused by its header, so that its payload is never gathered.
 */
final class FrameInspector extends ByteToMessageDecoder {

    /** What follows; told on the I/O thread. */
    interface Sink {

        /**
         * A whole frame.
         *
         * @param in holds the frame during the call; before the payload there is room for the header without mask
         * @param index where its payload stands, the mask taken off
         */
        void frame(FrameHeader header, ByteBuf in, int index);

        /** Bytes came, of whatever kind. */
        void activity();

        /** The peer broke a rule. Nothing more will come. */
        void violation(CloseCode code, String reason);
    }

    private static final int NONE = 0;

    /** The engine keeps an object per fragment, so a message of many tiny ones would cost far more than its size. */
    private static final int MAX_FRAGMENTS = 1024;

    private static final CloseCode FLOODED = CloseCodes.getCloseCode(4429);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int textLimit;
    private final int binaryLimit;
    private final Sink sink;

    /** Opcode of the message whose fragments are coming in, and their size so far. */
    private int fragmented = NONE;

    private long fragmentedBytes;
    private int fragments;
    private final Utf8Check utf8 = new Utf8Check();
    private final int idleFramesPerSecond;
    private long secondBegan;
    private int idleFrames;
    private boolean broken;

    FrameInspector(ServerLimits limits, Sink sink) {
        this.textLimit = limits.textBytes();
        this.binaryLimit = limits.binaryBytes();
        this.idleFramesPerSecond = limits.idleFramesPerSecond();
        this.sink = sink;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        sink.activity();
        super.channelRead(ctx, input);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        var header = FrameHeader.peek(in);
        if (header == null) {
            return;
        }
        var violation = violation(header);
        if (violation != null) {
            refuse(in, CloseCodes.PROTOCOL_ERROR, violation);
        } else if (isTooBig(header)) {
            refuse(in, CloseCodes.TOO_BIG, "the message is larger than " + limit(header) + " bytes");
        } else if (fragments == MAX_FRAGMENTS && !header.isControl()) {
            refuse(in, CloseCodes.TOO_BIG, "the message has more than " + MAX_FRAGMENTS + " fragments");
        } else {
            pass(ctx, in, header);
        }
    }

    private @Nullable String violation(FrameHeader header) {
        if (!header.masked()) {
            return "a client's frames must be masked";
        }
        if (header.hasReservedBits() || !header.isKnown()) {
            return "a reserved bit or opcode is set, and no extension was negotiated";
        }
        if (header.payload() < 0 || !header.isMinimal()) {
            return "the frame's length is not written as it must be";
        }
        if (header.isControl()) {
            return header.isFinal() && header.size() == 2
                    ? null
                    : "a control frame must be whole and 125 bytes at most";
        }
        boolean continues = header.opcode() == FrameHeader.CONTINUATION;
        if (continues == (fragmented == NONE)) {
            return continues ? "a continuation with nothing to continue" : "a new message within a fragmented one";
        }
        return null;
    }

    private boolean isTooBig(FrameHeader header) {
        return !header.isControl() && header.payload() > limit(header) - fragmentedBytes;
    }

    private int limit(FrameHeader header) {
        int kind = fragmented == NONE ? header.opcode() : fragmented;
        return kind == FrameHeader.TEXT ? textLimit : binaryLimit;
    }

    private void refuse(ByteBuf in, CloseCode code, String reason) {
        broken = true;
        in.skipBytes(in.readableBytes());
        sink.violation(code, reason);
    }

    private void pass(ChannelHandlerContext ctx, ByteBuf in, FrameHeader header) {
        int payload = (int) header.payload();
        int size = header.size() + FrameHeader.MASK_BYTES + payload;
        if (in.readableBytes() < size) {
            return;
        }
        if (isFlood(ctx, header)) {
            refuse(in, FLOODED, "more than " + idleFramesPerSecond + " frames that carry nothing within a second");
            return;
        }
        int key = in.getInt(in.readerIndex() + header.size());
        int index = in.readerIndex() + size - payload;
        Unmasking.apply(in, index, payload, key);
        if (header.opcode() == FrameHeader.CLOSE) {
            var bad = ClosePayload.violation(in, index, payload);
            if (bad != null) {
                refuse(in, bad, "the close frame holds what it must not");
                return;
            }
        } else if (isTextInPieces(header) && !isText(in, index, header)) {
            refuse(in, CloseCodes.NOT_CONSISTENT, "the text is not UTF-8");
            return;
        }
        count(header);
        in.skipBytes(size);
        sink.frame(header, in, index);
    }

    /** Text in one piece is checked by whoever decodes it; that of a fragment would otherwise be gathered to its end. */
    private boolean isTextInPieces(FrameHeader header) {
        return header.opcode() == FrameHeader.TEXT
                ? !header.isFinal()
                : header.opcode() == FrameHeader.CONTINUATION && fragmented == FrameHeader.TEXT;
    }

    private boolean isText(ByteBuf in, int index, FrameHeader header) {
        if (fragmented == NONE) {
            utf8.reset();
        }
        return utf8.accepts(in, index, (int) header.payload()) && (!header.isFinal() || utf8.isComplete());
    }

    /** Such frames cost work and answers, and no limit on messages or bytes counts them. */
    private boolean isFlood(ChannelHandlerContext ctx, FrameHeader header) {
        if (!header.isControl() && header.payload() > 0) {
            return false;
        }
        long now = ctx.executor().ticker().nanoTime();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            idleFrames = 0;
        }
        return ++idleFrames > idleFramesPerSecond;
    }

    private void count(FrameHeader header) {
        if (header.isControl()) {
            return;
        }
        if (header.isFinal()) {
            fragmented = NONE;
            fragmentedBytes = 0;
            fragments = 0;
        } else {
            fragmented = fragmented == NONE ? header.opcode() : fragmented;
            fragmentedBytes += header.payload();
            fragments++;
        }
    }
}
