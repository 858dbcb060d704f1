package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryLink;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.MemoryTransport;
import io.lastack.spi.Authenticator;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The client on real threads. */
class ThreadsTest {
    private static final int SENDERS = 4;
    private static final int EACH = 250;
    private static final UserId ALICE = UserId.of("alice");

    @Test
    void manyThreadsMaySendAtOnceAndTheListenerIsCalledByOneAtATime() throws Exception {
        try (ImRuntime runtime = ImRuntime.system();
                ImEngine engine = engine(runtime)) {
            MemoryTransport transport = MemoryTransport.to(engine, runtime);
            CountDownLatch seen = new CountDownLatch(SENDERS * EACH);
            Serial listener = new Serial(seen);
            try (ImClient client = client(runtime, transport, listener)) {
                client.start();
                List<Thread> senders = IntStream.range(0, SENDERS)
                        .mapToObj(sender -> new Thread(() -> sendAll(client, sender)))
                        .toList();
                senders.forEach(Thread::start);
                for (Thread sender : senders) {
                    sender.join(Duration.ofSeconds(30).toMillis());
                    transport.links().forEach(MemoryLink::cut);
                }
                assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(listener.overlaps).hasValue(0);
            for (int sender = 0; sender < SENDERS; sender++) {
                assertThat(listener.texts(conversation(sender)))
                        .isEqualTo(IntStream.range(0, EACH)
                                .mapToObj(String::valueOf)
                                .toList());
            }
        }
    }

    /** In portions that fit into the outbox. */
    private static void sendAll(ImClient client, int sender) {
        List<CompletableFuture<Sent>> portion = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            portion.add(client.send(conversation(sender), Content.text(String.valueOf(i)))
                    .toCompletableFuture());
            if (portion.size() == 50) {
                CompletableFuture.allOf(portion.toArray(CompletableFuture[]::new))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
                portion.clear();
            }
        }
    }

    private static ConversationId conversation(int sender) {
        return ConversationId.direct(ALICE, UserId.of("peer-" + sender));
    }

    private static ImEngine engine(ImRuntime runtime) {
        return ImEngine.builder(MemoryStore.create())
                .runtime(runtime)
                .authenticator(c -> new Authenticator.AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .build();
    }

    private static ImClient client(ImRuntime runtime, MemoryTransport transport, ClientListener listener) {
        return ImClient.builder(runtime, transport)
                .tokens(TokenSource.of("alice"))
                .device(DeviceId.of("phone"))
                .listener(listener)
                .options(ClientOptions.builder()
                        .maxInFlightPerConversation(16)
                        .backoff(Duration.ofMillis(5), Duration.ofMillis(50))
                        .build())
                .build();
    }

    private static final class Serial extends Seen {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();
        private final CountDownLatch latch;

        Serial(CountDownLatch latch) {
            this.latch = latch;
        }

        @Override
        public void message(Message message) {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            super.message(message);
            inside.decrementAndGet();
            latch.countDown();
        }
    }
}
