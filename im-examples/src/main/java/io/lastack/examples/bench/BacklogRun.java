package io.lastack.examples.bench;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A device that was never connected finds many messages waiting: how long until it has them all, and in how many ack
 * frames. Then it connects once more, and must get nothing of it again.
 */
final class BacklogRun {
    private static final int WARMUP_ROUNDS = 5;
    private static final int ROUNDS = 10;
    private static final int FILL_IN_FLIGHT = 256;
    private static final long PATIENCE_SECONDS = 120;

    private final Stage stage;
    private final ServerUnderTest server;
    private final Load load;
    private final Histogram drainMicros = new Histogram(3);
    private final Histogram ackFrames = new Histogram(3);
    private double serverCpuSeconds;

    BacklogRun(Stage stage, ServerUnderTest server, Load load) {
        this.stage = stage;
        this.server = server;
        this.load = load;
    }

    /** The first rounds warm up, and are not counted. */
    Figures run(String prefix) throws Stage.Failure, InterruptedException {
        for (int round = 0; round < WARMUP_ROUNDS + ROUNDS; round++) {
            round(prefix + round, round >= WARMUP_ROUNDS);
        }
        Figures figures = new Figures()
                .put("waitingMessages", load.waiting())
                .put("rounds", ROUNDS)
                .put("drainMedianMillis", drainMicros.getValueAtPercentile(50) / 1e3)
                .put("drainMinMillis", drainMicros.getMinValue() / 1e3)
                .put("drainMaxMillis", drainMicros.getMaxValue() / 1e3)
                .put("ackFramesMedian", ackFrames.getValueAtPercentile(50));
        if (server.process().isPresent()) {
            figures.put("serverCpuMillisPerDrain", serverCpuSeconds * 1e3 / ROUNDS);
        }
        return figures;
    }

    private void round(String prefix, boolean counts) throws Stage.Failure, InterruptedException {
        String author = prefix + "a";
        String reader = prefix + "b";
        String direct =
                ConversationId.direct(UserId.of(author), UserId.of(reader)).value();
        Chat chat = new Chat(direct, stage.codec(), load.bodyBytes());
        Device from = new Device(author, chat, Place.fromTheStart(), stage);
        Sender sender = new Sender(from, chat, 0, stage.meter());
        from.sendsAs(sender);
        stage.connect(List.of(from));
        fill(sender);

        Place place = Place.fromTheStart();
        Device first = new Device(reader, chat, place, stage);
        Reading before = Reading.before(server);
        long startNanos = System.nanoTime();
        connectAndRead(first, load.waiting());
        long drainNanos = System.nanoTime() - startNanos;
        Reading after = Reading.after(server);
        if (counts) {
            drainMicros.recordValue(drainNanos / 1_000);
            ackFrames.recordValue(first.ackFrames());
            serverCpuSeconds += after.serverCpuSecondsSince(before).orElse(0.0);
        }
        Device second = new Device(reader, chat, place, stage);
        second.expectFrom(0, load.waiting());
        onceMore(sender, first, second);
        leave(from);
    }

    private void fill(Sender sender) throws Stage.Failure, InterruptedException {
        stage.call(() -> {
            sender.onCompleted(() -> sendIfFewer(sender));
            for (int i = 0; i < Math.min(FILL_IN_FLIGHT, load.waiting()); i++) {
                sender.send(System.nanoTime());
            }
            return true;
        });
        await(
                "the messages that are to wait were not confirmed",
                () -> sender.sent() >= load.waiting() && sender.underWay() == 0);
    }

    private void sendIfFewer(Sender sender) {
        if (sender.sent() < load.waiting()) {
            sender.send(System.nanoTime());
        }
    }

    private void connectAndRead(Device device, long upTo) throws Stage.Failure, InterruptedException {
        stage.connect(List.of(device));
        await("the waiting messages did not come", () -> device.place().floor() >= upTo);
    }

    /** The place goes on where it was, so that anything that comes again is a fault. */
    private void onceMore(Sender sender, Device first, Device second) throws Stage.Failure, InterruptedException {
        leave(first);
        stage.connect(List.of(second));
        stage.call(() -> sender.send(System.nanoTime()));
        await(
                "a message after the waiting ones did not come",
                () -> second.place().floor() > load.waiting());
        leave(second);
    }

    private void leave(Device device) throws Stage.Failure {
        stage.call(() -> {
            device.leave();
            return true;
        });
    }

    private void await(String otherwise, java.util.concurrent.Callable<Boolean> condition)
            throws Stage.Failure, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!stage.call(condition)) {
            if (System.nanoTime() > end) {
                throw new Stage.Failure(otherwise + " within " + PATIENCE_SECONDS + " s");
            }
            Thread.sleep(1);
        }
    }
}
