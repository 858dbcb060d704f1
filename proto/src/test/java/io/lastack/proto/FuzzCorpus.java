package io.lastack.proto;

import io.lastack.session.ClientFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The inputs that a target begins with: the frames of the protocol, and what earlier runs found, one input in hex a line
 * of a resource; a line that begins with {@code #} says what the next input once broke.
 */
final class FuzzCorpus {
    private FuzzCorpus() {}

    /** What earlier runs found: each reaches something that the others do not, or broke something. */
    static List<byte[]> found(FuzzTarget target) {
        try (InputStream resource = FuzzCorpus.class.getResourceAsStream("/fuzz/" + fileName(target))) {
            return resource == null
                    ? List.of()
                    : new String(resource.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(HexFormat.of()::parseHex)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One input for each frame that there is. */
    static List<byte[]> ofTheProtocol(FuzzTarget target) {
        return switch (target) {
            case PROTO -> packets(WireCodec.PROTO);
            case JSON -> packets(WireCodec.JSON);
            case SESSION -> scripts();
        };
    }

    /** Writes inputs into a directory, a file each, as the fuzzer reads them. */
    static void unpack(List<byte[]> inputs, Path directory) throws IOException {
        Files.createDirectories(directory);
        int number = 0;
        for (byte[] input : inputs) {
            Files.write(directory.resolve("input-" + number++), input);
        }
    }

    /** Writes the inputs of a directory as a resource, the shortest first. */
    static void pack(Path directory, Path file) throws IOException {
        try (Stream<Path> inputs = Files.list(directory)) {
            List<String> lines = new ArrayList<>();
            for (Path input : inputs.sorted().toList()) {
                lines.add(HexFormat.of().formatHex(Files.readAllBytes(input)));
            }
            lines.sort((a, b) -> a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b));
            Files.write(file, lines, StandardCharsets.US_ASCII);
        }
    }

    static String fileName(FuzzTarget target) {
        return target.name().toLowerCase(Locale.ROOT) + ".hex";
    }

    private static List<byte[]> packets(WireCodec codec) {
        List<byte[]> packets = new ArrayList<>();
        Samples.client().values().forEach(frame -> packets.add(Packets.ofClient(codec, List.of(frame))));
        Samples.server().values().forEach(frame -> packets.add(Packets.ofServer(codec, List.of(frame))));
        return packets;
    }

    /** Three clients log in, there is a group, and messages; then one of them asks for one thing. */
    private static List<byte[]> scripts() {
        List<byte[]> scripts = new ArrayList<>();
        Map<String, ClientFrame> frames = Samples.client();
        for (ClientFrame frame : frames.values()) {
            ByteArrayOutputStream script = new ByteArrayOutputStream();
            step(script, 'a', WireCodec.JSON, hello("alice"));
            step(script, 'b', WireCodec.PROTO, hello("bob"));
            step(script, 'a', WireCodec.JSON, frames.get("group-create-full"), frames.get("send"));
            if (!(frame instanceof ClientFrame.Hello)) {
                step(script, 'c', WireCodec.PROTO, hello("carol"));
            }
            step(script, 'a', WireCodec.JSON, frame);
            step(script, 'c', WireCodec.PROTO, frame);
            script.writeBytes(new byte[] {'+', 2});
            scripts.add(script.toByteArray());
        }
        scripts.add(new byte[] {'!'});
        return scripts;
    }

    private static ClientFrame hello(String user) {
        return new ClientFrame.Hello(1, user, "d-1", List.of(), null, null);
    }

    private static void step(ByteArrayOutputStream script, char client, WireCodec codec, ClientFrame... frames) {
        script.write(client);
        script.writeBytes(Packets.ofClient(codec, List.of(frames)));
        script.write(SessionScript.STEP_END);
    }

    /** What is worth putting anywhere, in the form that libFuzzer reads. */
    static List<String> dictionary() {
        List<String> words = new ArrayList<>();
        for (byte[] word : FuzzTest.TOKENS) {
            words.add(quoted(word));
        }
        words.add(quoted(new byte[] {SessionScript.STEP_END}));
        return words;
    }

    private static String quoted(byte[] word) {
        StringBuilder text = new StringBuilder("\"");
        for (byte b : word) {
            text.append(String.format("\\x%02x", b));
        }
        return text.append('"').toString();
    }
}
