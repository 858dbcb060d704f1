package io.lastack.transport.tyrus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Session;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final Recorded session = new Recorded();
    private final Inbox inbox = new Inbox(WireCodec.JSON, session);

    @Test
    void aPacketBecomesItsFrames() {
        inbox.message(true, bytes("{\"frames\":[{\"requestId\":7,\"ping\":{}}]}"));
        assertThat(session.frames).containsExactly(new ClientFrame.Ping(7));
    }

    @Test
    void aFaultOfTheServerEndsTheConnectionWith1011AndTellsNothingOfIt() {
        session.fault = new IllegalStateException("secret, and by intention of the test");
        inbox.message(true, bytes("{\"frames\":[]}"));
        assertThat(session.malformed).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(1011);
            assertThat(reason.text()).doesNotContain("secret");
        });
    }

    @Test
    void textInPartsOfWhichTheLimitIsPassedIsRefusedOnceAndNotKept() {
        var parts = new PartialMessages(inbox, 10);
        parts.text().onMessage("12345", false);
        parts.text().onMessage("12345", false);
        assertThat(session.malformed).isEmpty();
        parts.text().onMessage("1", false);
        parts.text().onMessage("1", true);
        parts.binary().onMessage(ByteBuffer.allocate(11), true);
        assertThat(session.malformed).extracting(CloseReason::code).containsExactly(1009);
    }

    @Test
    void theLimitIsInBytesNotCharacters() {
        new PartialMessages(inbox, 10).text().onMessage("üüüüüü", true);
        assertThat(session.malformed).extracting(CloseReason::code).containsExactly(1009);
    }

    @Test
    void aCharacterCutInTwoByTheContainerIsWholeAgain() {
        var parts = new PartialMessages(inbox, 1000);
        var packet = "{\"frames\":[{\"requestId\":1,\"room\":{\"room\":\"r😀\",\"join\":{}}}]}";
        int middle = packet.indexOf("😀") + 1;
        parts.text().onMessage(packet.substring(0, middle), false);
        parts.text().onMessage(packet.substring(middle), true);
        assertThat(session.frames)
                .singleElement()
                .isInstanceOfSatisfying(
                        ClientFrame.Room.class, room -> assertThat(room.room()).isEqualTo("r😀"));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static final class Recorded implements Session {

        final List<ClientFrame> frames = new ArrayList<>();
        final List<CloseReason> malformed = new ArrayList<>();
        RuntimeException fault;

        @Override
        public void received(List<ClientFrame> received) {
            if (fault != null) {
                throw fault;
            }
            frames.addAll(received);
        }

        @Override
        public void malformed(CloseReason reason) {
            malformed.add(reason);
        }

        @Override
        public void activity() {}

        @Override
        public void closed(CloseReason reason) {}
    }
}
