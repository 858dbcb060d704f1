package io.lastack.examples.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lets a crowd send, first for a while to warm up, then measured; and checks that nothing is missing in the end. */
final class CrowdRun {
    private static final long PATIENCE_SECONDS = 30;

    private final Stage stage;
    private final Crowd crowd;
    private final ServerUnderTest server;
    private final Load load;
    private boolean sending;

    CrowdRun(Stage stage, Crowd crowd, ServerUnderTest server, Load load) {
        this.stage = stage;
        this.crowd = crowd;
        this.server = server;
        this.load = load;
    }

    /** As fast as the server goes: each sender has a fixed number of messages under way. */
    Figures saturate(int inFlight) throws Stage.Failure, InterruptedException, IOException {
        stage.call(() -> {
            sending = true;
            crowd.senders().forEach(sender -> {
                sender.onCompleted(() -> again(sender));
                for (int i = 0; i < inFlight; i++) {
                    sender.send(System.nanoTime());
                }
            });
            return true;
        });
        Figures figures = measure();
        stage.call(() -> sending = false);
        finish();
        return figures;
    }

    private void again(Sender sender) {
        if (sending) {
            sender.send(System.nanoTime());
        }
    }

    /** At a fixed rate of all senders together. */
    Figures atRate(double perSecond) throws Stage.Failure, InterruptedException, IOException {
        stage.call(() -> {
            crowd.senders().forEach(sender -> sender.onCompleted(() -> {}));
            return true;
        });
        Pacer pacer = new Pacer(stage, crowd.senders(), perSecond);
        Figures figures;
        try {
            figures = measure();
        } finally {
            pacer.stop();
        }
        finish();
        return figures.put("ratePerSecond", perSecond).put("unsentAtRate", pacer.unsent());
    }

    private Figures measure() throws Stage.Failure, InterruptedException, IOException {
        Thread.sleep(TimeUnit.SECONDS.toMillis(load.warmupSeconds()));
        Reading before = Reading.before(server);
        stage.call(() -> {
            stage.meter().start();
            return true;
        });
        Thread.sleep(TimeUnit.SECONDS.toMillis(load.seconds()));
        stage.call(() -> {
            stage.meter().stop();
            return true;
        });
        return new CrowdFigures(stage.meter(), before, Reading.after(server), server).figures();
    }

    /** Waits for what is under way, unless something is wrong already, and looks at the ends of all logs. */
    private void finish() throws Stage.Failure, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (underWay() > 0 && stage.faults().count() == 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        long left = underWay();
        if (left > 0 && stage.faults().count() == 0) {
            stage.faults()
                    .add(left + " messages were not confirmed, delivered and acked within " + PATIENCE_SECONDS + " s");
        }
        stage.call(() -> {
            crowd.devices().forEach(this::checkEnd);
            return true;
        });
    }

    private long underWay() throws Stage.Failure {
        List<Sender> senders = crowd.senders();
        return stage.call(() -> senders.stream().mapToLong(Sender::underWay).sum());
    }

    private void checkEnd(Device device) {
        long expected = device.chat().lastSeq();
        if (device.place().floor() != expected) {
            stage.faults()
                    .add(device.user() + " has the log up to " + device.place().floor() + " of " + expected);
        }
    }
}
