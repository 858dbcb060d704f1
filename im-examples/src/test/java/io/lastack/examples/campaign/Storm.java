package io.lastack.examples.campaign;

import io.lastack.examples.campaign.Ground.Mortal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kills what there is at random moments, and brings it back. The server is down, or one of the processes that it needs, or both together;
 * meanwhile devices die, and connections break.
 */
final class Storm {
    private static final int LONGEST_PAUSE_MILLIS = 2_500;
    private static final int LONGEST_UP_MILLIS = 3_000;
    private static final int LONGEST_DOWN_MILLIS = 600;
    private static final long USE_SECONDS = 60;
    private static final int LONGEST_FROZEN_MILLIS = 2_000;

    private final Installation installation;
    private final Random random;
    private final Map<Harm, Integer> done = new EnumMap<>(Harm.class);
    private final List<StoredState> samples = new ArrayList<>();
    private CompletableFuture<Void> recovery = CompletableFuture.completedFuture(null);

    enum Harm {
        SERVER_KILLED,
        DATABASE_KILLED,
        /** The Redis that joins servers. */
        JOINT_KILLED,
        DEVICE_KILLED,
        CONNECTION_CUT,
        CONNECTION_FROZEN
    }

    Storm(Installation installation, Random random) {
        this.installation = installation;
        this.random = random;
        for (Harm harm : Harm.values()) {
            done.put(harm, 0);
        }
    }

    void rage(int kills) throws IOException, InterruptedException {
        while (kills() < kills) {
            pause(random.nextInt(LONGEST_PAUSE_MILLIS));
            breakConnections();
            int dice = random.nextInt(10);
            if (dice < 6) {
                killDevice();
            } else {
                killServerOrWhatItNeeds(dice);
            }
        }
        recovery.join();
    }

    /** Once what was killed last is back, and was of use. */
    private void killServerOrWhatItNeeds(int dice) throws IOException, InterruptedException {
        recovery.join();
        awaitUse();
        pause(random.nextInt(LONGEST_UP_MILLIS));
        List<Mortal> beside = installation.ground.mortals();
        Mortal other = dice < 8 || beside.isEmpty() ? null : beside.get(dice % beside.size());
        boolean server = other == null || random.nextInt(4) == 0;
        // Drawn here: the seed must not depend on how long a recovery takes.
        int down = random.nextInt(LONGEST_DOWN_MILLIS);
        if (server) {
            installation.server.kill();
            count(Harm.SERVER_KILLED);
        }
        if (other != null) {
            other.kill().run();
            count(other.harm());
        }
        recovery = CompletableFuture.runAsync(() -> recover(server, other, down));
    }

    /** A server that is killed before anybody reached it loses nothing. */
    private void awaitUse() {
        long appended = appended();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(USE_SECONDS);
        while (appended() == appended) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nobody appended anything for " + USE_SECONDS + " s");
            }
            pause(100);
        }
    }

    private long appended() {
        return installation.server.status().path("messagesAppended").longValue();
    }

    private void recover(boolean server, @Nullable Mortal other, int down) {
        try {
            pause(down);
            if (other != null) {
                other.restart().run();
            }
            if (server) {
                samples.add(installation.stored());
                installation.server.start();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("what was killed does not come back", e);
        }
    }

    private void killDevice() throws IOException, InterruptedException {
        installation.devices.get(random.nextInt(installation.devices.size())).killAndRestart();
        count(Harm.DEVICE_KILLED);
    }

    private void breakConnections() {
        if (random.nextInt(3) == 0 && installation.proxy.cut(random)) {
            count(Harm.CONNECTION_CUT);
        }
        if (random.nextInt(6) == 0 && installation.proxy.freeze(random, 100 + random.nextInt(LONGEST_FROZEN_MILLIS))) {
            count(Harm.CONNECTION_FROZEN);
        }
    }

    private void count(Harm harm) {
        done.merge(harm, 1, Integer::sum);
    }

    int kills() {
        return Stream.of(Harm.SERVER_KILLED, Harm.DATABASE_KILLED, Harm.JOINT_KILLED, Harm.DEVICE_KILLED)
                .mapToInt(done::get)
                .sum();
    }

    Map<Harm, Integer> done() {
        return done;
    }

    /** What was stored at each moment at which the server was dead. */
    List<StoredState> samples() {
        return samples;
    }

    private static void pause(int millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
