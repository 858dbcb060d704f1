package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.proto.v1.Deliver;
import io.lastack.proto.v1.ServerPacket;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of a server that is newer, or wrong. In the packets, single quotes stand for double ones. */
class ServerFaultsTest {
    @Test
    void framesResultsAndFieldsOfANewerServerAreLeftOut() throws MalformedPacketException {
        assertThat(decode("{'frames':[{'poll':{'x':1}},{'goAway':{'reason':'r','why':{}}},"
                        + "{'reply':{'requestId':3,'status':{'code':200},'poll':{}}}]}"))
                .containsExactly(new ServerFrame.GoAway("r", 0), new ServerFrame.Reply(3, Status.OK, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'deliver':{'conversation':'nonsense','messages':[]}}",
                "{'deliver':{'conversation':'group:g','messages':[{'seq':0}]}}",
                "{'deliver':{'conversation':'group:g','messages':[{'seq':1,'sender':'a','clientMessageId':'c','type':'text',"
                        + "'text':'secret','body':'c2VjcmV0'}]}}",
                "{'deliver':{'conversation':'group:g','messages':[{'seq':1,'sender':'a','clientMessageId':'c',"
                        + "'type':'no such type'}]}}",
                "{'deliver':{'conversation':7}}",
                "{'goAway':{},'skipped':{}}",
                "{'presence':{'user':''}}",
                "7",
            })
    void aFrameThatCannotBeReadBreaksThePacketSinceALossWouldGoUnnoticed(String frame) {
        assertThatThrownBy(() -> decode("{'frames':[" + frame + "]}"))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageStartingWith("a frame from the server: ")
                .hasMessageNotContaining("secret")
                .extracting(e -> ((MalformedPacketException) e).closeReason().code())
                .isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void theCloseReasonFitsIntoACloseFrame() {
        ServerPacket packet = ServerPacket.newBuilder()
                .addFrames(io.lastack.proto.v1.ServerFrame.newBuilder()
                        .setDeliver(Deliver.newBuilder().setConversation("direct:" + "ä".repeat(65) + "~b")))
                .build();

        assertThatThrownBy(() -> Packets.fromServer(WireCodec.PROTO, packet.toByteArray()))
                .isInstanceOf(MalformedPacketException.class)
                .extracting(e -> ((MalformedPacketException) e).closeReason().text())
                .satisfies(text ->
                        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 123));
        assertThat(new MalformedPacketException(CloseReason.PROTOCOL_ERROR, "ä…".repeat(200))
                        .closeReason()
                        .text())
                .isEqualTo("?".repeat(123));
    }

    private static List<ServerFrame> decode(String packet) throws MalformedPacketException {
        return Packets.fromServer(WireCodec.JSON, packet.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
