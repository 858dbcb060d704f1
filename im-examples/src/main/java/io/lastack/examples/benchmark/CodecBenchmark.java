package io.lastack.examples.benchmark;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.EncodedFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one frame costs in each codec, in nanoseconds: a message of 200 bytes on its way to a client, a page of 100 of
 * 4,000 bytes, a message of 200 bytes from a client, and acks of one and of 100 conversations. Add {@code -prof gc} for bytes allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final String TEXT = "The quick brown fox jumps. ".repeat(8).substring(0, 200);
    private static final UserId ALICE = UserId.of("alice");
    private static final ConversationId CONVERSATION = ConversationId.direct(ALICE, UserId.of("bob"));

    @Param({"lastack.v1.proto", "lastack.v1.json"})
    private String subprotocol = "";

    private WireCodec codec = WireCodec.PROTO;
    private ServerFrame deliver = new ServerFrame.GoAway("", 0);
    private ServerFrame page = deliver;
    private ByteBuffer send = ByteBuffer.allocate(0);
    private ByteBuffer ack = ByteBuffer.allocate(0);
    private ByteBuffer ackOfMany = ByteBuffer.allocate(0);

    @Setup
    public void prepare() {
        codec = WireCodec.of(subprotocol).orElseThrow();
        page = new ServerFrame.Reply(
                1,
                Status.OK,
                new Result.Fetch(
                        CONVERSATION,
                        IntStream.rangeClosed(1, 100)
                                .mapToObj(seq -> message(seq, TEXT.repeat(20)))
                                .toList(),
                        true,
                        List.of()));
        deliver = new ServerFrame.Deliver(CONVERSATION, List.of(message(4_242, TEXT)));
        send = packet(new ClientFrame.Send(
                4_242, "user:bob", "0198c5a2-alice-4242", "text", Body.of(TEXT), Map.of(), 0, List.of()));
        ack = packet(acks(1));
        ackOfMany = packet(acks(100));
    }

    private static Message message(long seq, String text) {
        return new Message(
                CONVERSATION,
                seq,
                1_795_187_000_000L,
                ALICE,
                ClientMessageId.of("0198c5a2-alice-" + seq),
                Content.text(text));
    }

    @Benchmark
    public EncodedFrame encodeDeliver() {
        return codec.encode(deliver);
    }

    @Benchmark
    public EncodedFrame encodePage() {
        return codec.encode(page);
    }

    @Benchmark
    public List<ClientFrame> decodeSend() throws MalformedPacketException {
        return codec.decodeClient(send);
    }

    @Benchmark
    public List<ClientFrame> decodeAck() throws MalformedPacketException {
        return codec.decodeClient(ack);
    }

    @Benchmark
    public List<ClientFrame> decodeAckOf100() throws MalformedPacketException {
        return codec.decodeClient(ackOfMany);
    }

    private ByteBuffer packet(ClientFrame frame) {
        return ByteBuffer.wrap(codec.packet(List.of(codec.encode(frame))));
    }

    private static ClientFrame acks(int conversations) {
        return new ClientFrame.Ack(
                IntStream.range(0, conversations)
                        .mapToObj(i -> new ClientFrame.Position("direct:alice~user-" + i, 4_242 + i))
                        .toList(),
                List.of());
    }
}
