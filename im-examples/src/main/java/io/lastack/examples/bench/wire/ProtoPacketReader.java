package io.lastack.examples.bench.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.lastack.proto.v1.ErrorFrame;
import io.lastack.proto.v1.Status;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads packets in protobuf without making objects of what is in them: beside the server on the same processors, what the
 * load generator costs is taken from what it measures. Field numbers are those of {@code server.proto} and its imports.
 */
final class ProtoPacketReader implements PacketReader {
    private static final int FRAME = 1;
    private static final int FRAME_WELCOME = 2;
    private static final int FRAME_REPLY = 3;
    private static final int FRAME_DELIVER = 4;
    private static final int FRAME_SKIPPED = 5;
    private static final int FRAME_GO_AWAY = 11;
    private static final int FRAME_ERROR = 12;

    private static final int REPLY_REQUEST_ID = 1;
    private static final int REPLY_STATUS = 2;
    private static final int REPLY_SEND = 3;
    private static final int REPLY_GROUP = 7;
    private static final int STATUS_CODE = 1;
    private static final int APPENDED_SEQ = 2;
    private static final int GROUP_SEQ = 3;

    private static final int DELIVER_CONVERSATION = 1;
    private static final int DELIVER_MESSAGE = 2;
    private static final int MESSAGE_SEQ = 1;
    private static final int MESSAGE_NAME = 2;
    private static final int MESSAGE_TEXT = 5;
    private static final int MESSAGE_BODY = 6;

    @Override
    public void read(byte[] packet, int length, byte[] conversation, PacketEvents to) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(packet, 0, length);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) != FRAME) {
                in.skipField(tag);
                continue;
            }
            int end = enter(in);
            frame(in, packet, conversation, to);
            in.popLimit(end);
        }
    }

    private static int enter(CodedInputStream in) throws IOException {
        return in.pushLimit(in.readRawVarint32());
    }

    private static void frame(CodedInputStream in, byte[] packet, byte[] conversation, PacketEvents to)
            throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == FRAME_DELIVER) {
                int end = enter(in);
                deliver(in, packet, conversation, to);
                in.popLimit(end);
            } else if (field == FRAME_REPLY) {
                int end = enter(in);
                reply(in, to);
                in.popLimit(end);
            } else if (field == FRAME_ERROR) {
                Status status = ErrorFrame.parseFrom(in.readByteArray()).getStatus();
                to.trouble("error " + status.getCode() + ": " + status.getMessage());
            } else {
                in.skipField(tag);
                tell(field, to);
            }
        }
    }

    private static void tell(int field, PacketEvents to) {
        switch (field) {
            case FRAME_WELCOME -> to.welcomed();
            case FRAME_SKIPPED -> to.trouble("skipped");
            case FRAME_GO_AWAY -> to.trouble("goAway");
            default -> {
                // Receipts and the like.
            }
        }
    }

    private static void reply(CodedInputStream in, PacketEvents to) throws IOException {
        long requestId = 0;
        int code = 0;
        long seq = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case REPLY_REQUEST_ID -> requestId = in.readInt64();
                case REPLY_STATUS -> code = (int) integer(in, STATUS_CODE);
                case REPLY_SEND -> seq = integer(in, APPENDED_SEQ);
                case REPLY_GROUP -> seq = integer(in, GROUP_SEQ);
                default -> in.skipField(tag);
            }
        }
        to.replied(requestId, code, seq);
    }

    /** One integer of the message that follows; 0 if it is not in it. */
    private static long integer(CodedInputStream in, int field) throws IOException {
        long value = 0;
        int end = enter(in);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == field) {
                value = in.readInt64();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(end);
        return value;
    }

    /** The conversation comes before the messages, as every encoder writes fields by their numbers. */
    private static void deliver(CodedInputStream in, byte[] packet, byte[] conversation, PacketEvents to)
            throws IOException {
        boolean here = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case DELIVER_CONVERSATION -> {
                    int length = in.readRawVarint32();
                    int at = in.getTotalBytesRead();
                    here = Arrays.equals(packet, at, at + length, conversation, 0, conversation.length);
                    in.skipRawBytes(length);
                }
                case DELIVER_MESSAGE -> {
                    int end = enter(in);
                    message(in, packet, here, to);
                    in.popLimit(end);
                }
                default -> in.skipField(tag);
            }
        }
    }

    private static void message(CodedInputStream in, byte[] packet, boolean here, PacketEvents to) throws IOException {
        long seq = 0;
        long name = -1;
        long nameInBody = -1;
        int bodyBytes = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case MESSAGE_SEQ -> seq = in.readInt64();
                case MESSAGE_NAME -> {
                    int length = in.readRawVarint32();
                    name = MessageName.read(packet, in.getTotalBytesRead(), length);
                    in.skipRawBytes(length);
                }
                case MESSAGE_TEXT, MESSAGE_BODY -> {
                    bodyBytes = in.readRawVarint32();
                    nameInBody = MessageName.read(packet, in.getTotalBytesRead(), bodyBytes);
                    in.skipRawBytes(bodyBytes);
                }
                default -> in.skipField(tag);
            }
        }
        to.delivered(here, seq, name == nameInBody ? name : -1, bodyBytes);
    }
}
