package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.lastack.proto.v1.ClientPacket;
import io.lastack.proto.v1.ServerPacket;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import io.lastack.session.RoomAction;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packets of one frame each, as they were agreed on. A failure here means that clients in the field no longer understand
 * the server: the wire may gain fields, but what is in these files stays as it is.
 */
class GoldenFramesTest {
    @ParameterizedTest
    @MethodSource("clientNames")
    void aClientsFrameIsEncodedAsEver(String name) {
        List<ClientFrame> frame = List.of(Samples.client().get(name));

        assertThat(text(Packets.ofClient(WireCodec.JSON, frame))).isEqualTo(golden("client/" + name + ".json"));
        assertThat(hex(Packets.ofClient(WireCodec.PROTO, frame))).isEqualTo(golden("client/" + name + ".hex"));
    }

    @ParameterizedTest
    @MethodSource("clientNames")
    void aClientsFrameIsDecodedAsEver(String name) throws MalformedPacketException {
        String expected = Described.of(List.of(Samples.client().get(name)));

        assertThat(Described.of(Packets.fromClient(WireCodec.JSON, json("client/" + name))))
                .isEqualTo(expected);
        assertThat(Described.of(Packets.fromClient(WireCodec.PROTO, proto("client/" + name))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("serverNames")
    void aServersFrameIsEncodedAsEver(String name) {
        List<ServerFrame> frame = List.of(Samples.server().get(name));

        assertThat(text(Packets.ofServer(WireCodec.JSON, frame))).isEqualTo(golden("server/" + name + ".json"));
        assertThat(hex(Packets.ofServer(WireCodec.PROTO, frame))).isEqualTo(golden("server/" + name + ".hex"));
    }

    @ParameterizedTest
    @MethodSource("serverNames")
    void aServersFrameIsDecodedAsEver(String name) throws MalformedPacketException {
        String expected = Described.of(List.of(Samples.server().get(name)));

        assertThat(Described.of(Packets.fromServer(WireCodec.JSON, json("server/" + name))))
                .isEqualTo(expected);
        assertThat(Described.of(Packets.fromServer(WireCodec.PROTO, proto("server/" + name))))
                .isEqualTo(expected);
    }

    @Test
    void everyKindOfFrameActionAndResultHasASample() {
        List<Object> parts = new ArrayList<>(Samples.client().values());
        Samples.client().values().forEach(frame -> addParts(frame, parts));
        Samples.server().values().forEach(frame -> {
            parts.add(frame);
            addParts(frame, parts);
        });
        Set<Class<?>> sampled = parts.stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(sampled)
                .containsAll(recordsOf(ServerFrame.class))
                .containsAll(recordsOf(Result.class))
                .containsAll(recordsOf(GroupAction.class))
                .containsAll(recordsOf(RoomAction.class))
                .containsAll(recordsOf(Revision.class));
        assertThat(recordsOf(ClientFrame.class))
                .allMatch(kind -> sampled.contains(kind) || kind == ClientFrame.Invalid.class);
    }

    @Test
    void everyFieldOfTheSchemaIsSetInSomeFile() throws IOException {
        Set<String> fields = new TreeSet<>();
        addFields(ClientPacket.getDescriptor(), fields);
        addFields(ServerPacket.getDescriptor(), fields);
        Set<String> set = new TreeSet<>();
        for (String name : clientNames()) {
            addSetFields(ClientPacket.parseFrom(proto("client/" + name)), set);
        }
        for (String name : serverNames()) {
            addSetFields(ServerPacket.parseFrom(proto("server/" + name)), set);
        }

        assertThat(set).containsExactlyInAnyOrderElementsOf(fields).hasSizeGreaterThan(100);
    }

    @Test
    void everyFileBelongsToASample() throws IOException, URISyntaxException {
        Path folder = Path.of(GoldenFramesTest.class.getResource("/golden").toURI());
        Set<String> expected = new TreeSet<>();
        clientNames().forEach(name -> expected.addAll(List.of("client/" + name + ".json", "client/" + name + ".hex")));
        serverNames().forEach(name -> expected.addAll(List.of("server/" + name + ".json", "server/" + name + ".hex")));

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/')))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    static Set<String> clientNames() {
        return Samples.client().keySet();
    }

    static Set<String> serverNames() {
        return Samples.server().keySet();
    }

    private static void addParts(Object frame, List<Object> parts) {
        if (frame instanceof ClientFrame.Group group) {
            parts.add(group.action());
        } else if (frame instanceof ClientFrame.Room room) {
            parts.add(room.action());
        } else if (frame instanceof ClientFrame.Revise revise) {
            parts.add(revise.revision());
        } else if (frame instanceof ServerFrame.Reply reply && reply.result() != null) {
            parts.add(reply.result());
        }
    }

    private static List<Class<?>> recordsOf(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : recordsOf(type).stream())
                .collect(Collectors.toList());
    }

    private static void addFields(Descriptor message, Set<String> fields) {
        for (FieldDescriptor field : message.getFields()) {
            if (fields.add(field.getFullName()) && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                addFields(field.getMessageType(), fields);
            }
        }
    }

    private static void addSetFields(Message message, Set<String> set) {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            set.add(field.getKey().getFullName());
            List<?> values = field.getValue() instanceof List<?> list ? list : List.of(field.getValue());
            values.stream().filter(Message.class::isInstance).forEach(value -> addSetFields((Message) value, set));
        }
    }

    private static byte[] json(String name) {
        return golden(name + ".json").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] proto(String name) {
        return HexFormat.of().parseHex(golden(name + ".hex").replace("\n", ""));
    }

    private static String golden(String file) {
        try (InputStream in = GoldenFramesTest.class.getResourceAsStream("/golden/" + file)) {
            assertThat(in).as("golden file " + file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] packet) {
        return new String(packet, StandardCharsets.UTF_8);
    }

    /** In lines of 32 bytes. */
    private static String hex(byte[] packet) {
        return HexFormat.of().formatHex(packet).replaceAll("(.{64})(?!$)", "$1\n");
    }
}
