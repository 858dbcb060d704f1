package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.lastack.proto.v1.ClientPacket;
import io.lastack.proto.v1.ServerPacket;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for writers of clients says what the codecs do. */
class ProtocolPageTest {
    private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private final String page = read(Path.of("..", "docs", "protocol.md"));

    @Test
    void everyPacketOnThePageIsReadAndWrittenAsItStands() throws MalformedPacketException {
        for (String line : packets()) {
            byte[] packet = line.getBytes(StandardCharsets.UTF_8);
            byte[] again = isFromClient(line)
                    ? Packets.ofClient(WireCodec.JSON, Packets.fromClient(WireCodec.JSON, packet))
                    : Packets.ofServer(WireCodec.JSON, Packets.fromServer(WireCodec.JSON, packet));

            assertThat(new String(again, StandardCharsets.UTF_8)).isEqualTo(line);
        }
    }

    @Test
    void everyKindOfFrameHasAnExample() throws MalformedPacketException {
        List<Object> frames = new ArrayList<>();
        for (String line : packets()) {
            byte[] packet = line.getBytes(StandardCharsets.UTF_8);
            frames.addAll(
                    isFromClient(line)
                            ? Packets.fromClient(WireCodec.JSON, packet)
                            : Packets.fromServer(WireCodec.JSON, packet));
        }
        Set<Class<?>> shown = new HashSet<>();
        frames.forEach(frame -> shown.add(frame.getClass()));

        assertThat(shown)
                .containsAll(Samples.client().values().stream()
                        .map(ClientFrame::getClass)
                        .toList())
                .containsAll(Samples.server().values().stream()
                        .map(ServerFrame::getClass)
                        .toList());
    }

    @Test
    void everyFieldOfTheSchemaIsOnThePage() {
        Set<String> names = new TreeSet<>();
        addNames(ClientPacket.getDescriptor(), names);
        addNames(ServerPacket.getDescriptor(), names);

        assertThat(names)
                .hasSizeGreaterThan(80)
                .allMatch(name ->
                        Pattern.compile("[`{ ]" + name + "\\b").matcher(page).find());
    }

    @Test
    void theLimitsOnThePageAreThoseOfTheCodec() {
        assertThat(page)
                .contains(String.format(Locale.ROOT, "more than %,d frames", WireCodec.MAX_CLIENT_FRAMES))
                .contains(String.format(Locale.ROOT, "at most %,d entries", WireCodec.MAX_CLIENT_ENTRIES));
    }

    private List<String> packets() {
        List<String> packets = JSON_BLOCK
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .flatMap(String::lines)
                .toList();
        assertThat(packets).hasSizeGreaterThan(30);
        return packets;
    }

    /** Both sides have a presence and a signal; only requests have an id of their own, and only servers name a sender. */
    private static boolean isFromClient(String packet) {
        boolean isRequest = packet.startsWith("{\"frames\":[{\"requestId\":");
        boolean isAck = packet.startsWith("{\"frames\":[{\"ack\":");
        boolean isSignal = packet.startsWith("{\"frames\":[{\"signal\":") && !packet.contains("\"sender\":");
        return isRequest || isAck || isSignal;
    }

    private static void addNames(Descriptor message, Set<String> names) {
        for (FieldDescriptor field : message.getFields()) {
            names.add(field.getJsonName());
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
                addNames(field.getMessageType(), names);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
