package io.lastack.examples.bench;

import io.lastack.examples.bench.wire.Dialer;
import io.lastack.examples.bench.wire.PacketReader;
import io.lastack.proto.WireCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What all devices of a load share: one thread, its turns, a reader, a meter, the faults. */
record Stage(
        Dialer dialer,
        Tokens tokens,
        WireCodec codec,
        PacketReader reader,
        Turn turn,
        Meter meter,
        Faults faults,
        List<Device> connected) {
    private static final int DIALS_AT_ONCE = 50;
    private static final long PATIENCE_SECONDS = 60;

    static Stage over(Dialer dialer, Tokens tokens, WireCodec codec) {
        return new Stage(
                dialer,
                tokens,
                codec,
                PacketReader.of(codec),
                new Turn(dialer.thread()),
                new Meter(),
                new Faults(),
                new ArrayList<>());
    }

    /** Runs on the thread of the devices, and waits for it. */
    <T> T call(Callable<T> task) throws Failure {
        return await(CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return task.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                dialer.thread()));
    }

    /** Waits, but not for ever. */
    static <T> T await(CompletableFuture<T> what) throws Failure {
        try {
            return what.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        } catch (ExecutionException e) {
            throw new Failure(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new Failure("nothing happened for " + PATIENCE_SECONDS + " s", e);
        }
    }

    /** Disconnects all. */
    void leave() throws Failure {
        call(() -> {
            connected.forEach(Device::leave);
            return true;
        });
    }

    /** Connects the devices, some at a time, and waits until the server welcomed all. */
    void connect(List<Device> devices) throws Failure {
        connected.addAll(devices);
        for (int from = 0; from < devices.size(); from += DIALS_AT_ONCE) {
            List<CompletableFuture<Void>> welcomes = new ArrayList<>();
            for (Device device : devices.subList(from, Math.min(devices.size(), from + DIALS_AT_ONCE))) {
                dialer.dial(token(device.user()), device.user() + "-1", device);
                welcomes.add(device.ready());
            }
            await(CompletableFuture.allOf(welcomes.toArray(CompletableFuture[]::new)));
        }
    }

    private String token(String user) throws Failure {
        try {
            return tokens.of(user);
        } catch (IOException e) {
            throw new Failure("no token for " + user + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    /** The load could not be run. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }

        Failure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
