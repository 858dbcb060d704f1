package io.lastack.examples.campaign;

import io.lastack.ImRuntime;
import io.lastack.client.ClientOptions;
import io.lastack.client.FileClientState;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource.Token;
import io.lastack.examples.campaign.Journal.Word;
import io.lastack.transport.tyrus.JwtIssuer;
import io.lastack.transport.tyrus.WebSocketConnector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * One life of a device, in a process of its own: goes on from its state, writes all down, and works until it is killed.
 * Files say what time it is: work begins once there is {@link #GO}, and nothing new is sent once there is {@link #QUIET}.
 */
final class Device {
    static final String GO = "go";
    static final String QUIET = "quiet";
    static final String SECRET = "a secret of the campaign, 32 bytes or more";

    /** Ends the name of a file by which a device says that it asks for no more changes of members. */
    private static final String STILL = ".still";

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private Device() {}

    /** @param args the device, the server's URL, the directory of the files, a seed */
    public static void main(String[] args) throws IOException, InterruptedException {
        DeviceName name = DeviceName.parse(args[0]);
        Path directory = Path.of(args[2]);
        FileClientState state = FileClientState.open(directory.resolve(name + ".state"));
        Journal journal = Journal.open(directory.resolve(name + ".journal"));
        journal.write(Word.START);
        state.load().floors().forEach((conversation, seq) -> journal.write(Word.FLOOR, conversation, seq));
        JwtIssuer issuer = JwtIssuer.hmac256(SECRET);
        Witness witness = new Witness(journal);
        ImClient client = ImClient.builder(ImRuntime.system(), WebSocketConnector.to(URI.create(args[1])))
                .device(name.device())
                .tokens(() -> {
                    Instant end = Instant.now().plus(TOKEN_LIFE);
                    return new Token(issuer.issue(name.user(), end), end.toEpochMilli());
                })
                .state(state)
                .options(ClientOptions.builder()
                        .backoff(Duration.ofMillis(100), Duration.ofSeconds(1))
                        .connectTimeout(Duration.ofSeconds(5))
                        .build())
                .listener(witness)
                .build();
        client.start();
        await(directory.resolve(GO));
        Work work = new Work(name, client, journal, witness, new Random(Long.parseLong(args[3])));
        while (!Files.exists(directory.resolve(QUIET))) {
            work.step();
            pause();
        }
        awaitStill(name, directory, work);
        while (!work.finish()) {
            pause();
        }
        journal.write(Word.QUIET);
        Thread.currentThread().join(); // Until it is killed; the client goes on.
    }

    /** Who left a moment ago may do so after the owner took everybody back: the owner waits for all the others. */
    private static void awaitStill(DeviceName name, Path directory, Work work) throws IOException {
        while (!work.isStill()) {
            pause();
        }
        if (!name.equals(DeviceName.OWNER)) {
            Files.createFile(directory.resolve(name + STILL));
            return;
        }
        for (DeviceName other : DeviceName.ALL) {
            if (!other.equals(name)) {
                await(directory.resolve(other + STILL));
            }
        }
    }

    private static void await(Path file) {
        while (!Files.exists(file)) {
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(20_000_000);
    }
}
