package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may get wrong in protobuf. Messages are built from bare field numbers, so that they can be wrong. */
class ProtoFaultsTest {
    private static final int REQUEST_ID = io.lastack.proto.v1.ClientFrame.REQUEST_ID_FIELD_NUMBER;
    private static final int PING = io.lastack.proto.v1.ClientFrame.PING_FIELD_NUMBER;
    private static final int SEND = io.lastack.proto.v1.ClientFrame.SEND_FIELD_NUMBER;
    private static final int ACK = io.lastack.proto.v1.ClientFrame.ACK_FIELD_NUMBER;
    private static final int READ = io.lastack.proto.v1.ClientFrame.READ_FIELD_NUMBER;
    private static final int FETCH = io.lastack.proto.v1.ClientFrame.FETCH_FIELD_NUMBER;
    private static final int GROUP = io.lastack.proto.v1.ClientFrame.GROUP_FIELD_NUMBER;

    @Test
    void aFieldOfAWrongTypeIsNamedWithWhatIsAllowed() throws MalformedPacketException {
        assertThat(decode(frame(5, READ, bytes(fields().addField(1, varint(7))))))
                .containsExactly(invalid(5, "read.conversation has wire type 0; a string is allowed"));
        assertThat(decode(frame(5, READ, bytes(fields().addField(2, text("7"))))))
                .containsExactly(invalid(5, "read.seq has wire type 2; an integer is allowed"));
        assertThat(decode(frame(5, FETCH, bytes(fields().addField(4, varint(1L << 31))))))
                .containsExactly(invalid(5, "fetch.limit is out of range; 0 to 2147483647 is allowed"));
        assertThat(decode(frame(5, FETCH, bytes(fields().addField(4, varint(-1))))))
                .containsExactly(invalid(5, "fetch.limit is out of range; 0 to 2147483647 is allowed"));
        assertThat(decode(bytes(fields().addField(REQUEST_ID, varint(5)).addField(READ, varint(1)))))
                .containsExactly(invalid(5, "read has wire type 0; an object is allowed"));
    }

    @Test
    void textThatIsNoUtf8BreaksItsFrameOnly() throws MalformedPacketException {
        ByteString bad = ByteString.copyFrom(new byte[] {(byte) 0xC0, (byte) 0xAF});
        ByteString send = bytes(
                fields().addField(4, Field.newBuilder().addLengthDelimited(bad).build()));

        assertThat(decode(frame(5, SEND, send), frame(6, PING, ByteString.EMPTY)))
                .containsExactly(invalid(5, "send.text is cut short, malformed or not UTF-8"), new ClientFrame.Ping(6));
    }

    @Test
    void aFrameThatIsNotExactlyOneKnownThingSaysSo() throws MalformedPacketException {
        String known = "; one of these is needed: hello ping send ack read fetch conversations receipts revise notify "
                + "group presence room signal settings block blocked readAll";

        assertThat(decode(ByteString.EMPTY)).containsExactly(invalid(0, "frame is missing" + known));
        assertThat(decode(frame(5, 99, ByteString.EMPTY)))
                .containsExactly(invalid(5, "frame number 99 is not known" + known));
        assertThat(decode(bytes(fields().addField(PING, text("")).addField(ACK, text("")))))
                .containsExactly(invalid(0, "ping and ack are both given; one of them is allowed"));
        assertThat(decode(bytes(fields().addField(
                                SEND,
                                Field.newBuilder()
                                        .addLengthDelimited(ByteString.EMPTY)
                                        .addLengthDelimited(ByteString.EMPTY)
                                        .build()))))
                .containsExactly(invalid(0, "send is given twice; once is allowed"));
        assertThat(decode(frame(5, GROUP, bytes(fields().addField(99, text(""))))))
                .containsExactly(invalid(
                        5,
                        "group.action number 99 is not known; one of these is needed: create rename addMembers removeMembers "
                                + "leave setRole dissolve members"
                                + " setAttributes setHistory transfer muteMember info"));
    }

    @Test
    void theRequestIdIsToldEvenIfItComesAfterTheFault() throws MalformedPacketException {
        ByteString broken = bytes(fields().addField(READ, varint(1)));
        ByteString requestId = bytes(fields().addField(REQUEST_ID, varint(6)));

        assertThat(decode(broken.concat(requestId)))
                .singleElement(InstanceOfAssertFactories.type(ClientFrame.Invalid.class))
                .extracting(ClientFrame.Invalid::requestId)
                .isEqualTo(6L);
    }

    @Test
    void fieldsMayComeInAnyOrderAndUnknownOnesAreIgnored() throws MalformedPacketException {
        ByteString read = bytes(fields().addField(2, varint(3)))
                .concat(bytes(fields().addField(77, varint(1)).addField(78, text("x"))))
                .concat(bytes(fields().addField(1, text("group:g"))));
        ByteString frame = bytes(fields().addField(READ, message(read)))
                .concat(bytes(
                        fields().addField(79, Field.newBuilder().addFixed64(1).build())))
                .concat(bytes(fields().addField(REQUEST_ID, varint(5))));

        assertThat(decode(frame)).containsExactly(new ClientFrame.Read(5, "group:g", 3));
    }

    @Test
    void aLengthBeyondTheFrameBreaksItsFrameOnly() throws MalformedPacketException {
        byte[] claimsTwoGigabytes = HexFormat.of().parseHex("0805" + "32" + "07" + "0AFFFFFFFF07" + "61");
        byte[] claimsLessThanNothing = HexFormat.of().parseHex("0805" + "32" + "0B" + "0AFFFFFFFFFFFFFFFFFF01");

        for (byte[] bad : List.of(claimsTwoGigabytes, claimsLessThanNothing)) {
            assertThat(decode(ByteString.copyFrom(bad), frame(6, PING, ByteString.EMPTY)))
                    .containsExactly(
                            invalid(5, "read.conversation is cut short, malformed or not UTF-8"),
                            new ClientFrame.Ping(6));
        }
    }

    @Test
    void groupsAreRefusedHoweverDeepTheyNest() throws MalformedPacketException {
        ByteString nested = ByteString.EMPTY;
        for (int i = 0; i < 100_000; i++) {
            nested = nested.concat(ByteString.copyFrom(new byte[] {(byte) 0xA3, 1}));
        }

        assertThat(decode(nested)).containsExactly(invalid(0, "the bytes have a protobuf group; none is allowed"));
        assertThatThrownBy(() -> Packets.fromClient(WireCodec.PROTO, new byte[] {0x1B, 0x1C}))
                .isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0A", "0A05", "0AFFFFFFFFFF", "00", "0801", "0B", "0C", "07", "0A8080808080808080808080"})
    void whatIsNoPacketIsAProtocolError(String hex) {
        assertThatThrownBy(
                        () -> Packets.fromClient(WireCodec.PROTO, HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedPacketException.class)
                .extracting(e -> ((MalformedPacketException) e).closeReason().code())
                .isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void aPacketMayBeEmptyOrHoldFieldsOfTheFuture() throws MalformedPacketException {
        assertThat(Packets.fromClient(WireCodec.PROTO, new byte[0])).isEmpty();
        assertThat(Packets.fromClient(
                        WireCodec.PROTO, bytes(fields().addField(2, varint(1))).toByteArray()))
                .isEmpty();
    }

    private static List<ClientFrame> decode(ByteString... frames) throws MalformedPacketException {
        Field.Builder all = Field.newBuilder();
        List.of(frames).forEach(all::addLengthDelimited);
        return Packets.fromClient(
                WireCodec.PROTO, bytes(fields().addField(1, all.build())).toByteArray());
    }

    private static ByteString frame(long requestId, int kind, ByteString content) {
        return bytes(fields().addField(REQUEST_ID, varint(requestId)).addField(kind, message(content)));
    }

    private static ClientFrame invalid(long requestId, String message) {
        return new ClientFrame.Invalid(requestId, message);
    }

    private static UnknownFieldSet.Builder fields() {
        return UnknownFieldSet.newBuilder();
    }

    private static ByteString bytes(UnknownFieldSet.Builder fields) {
        return fields.build().toByteString();
    }

    private static Field varint(long value) {
        return Field.newBuilder().addVarint(value).build();
    }

    private static Field text(String value) {
        return message(ByteString.copyFromUtf8(value));
    }

    private static Field message(ByteString content) {
        return Field.newBuilder().addLengthDelimited(content).build();
    }
}
