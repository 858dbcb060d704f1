package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lastack.internal.session.ClientSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class ConnectionEndTest {
    private final Scene scene = new Scene();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ClientSession.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private ch.qos.logback.classic.Level before;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }

    @Test
    void eachConnectionLeavesOneLineThatSaysAllOfItAndNoBody() {
        RawClient alice = scene.join("alice", "phone");
        RawClient bob = scene.join("bob", "web");
        bob.acksAtOnce = true;
        for (int i = 0; i < 3; i++) {
            alice.send("user:bob", "m" + i, "the-body");
        }
        bob.send("user:alice", "r", "the-body");
        scene.pass(Duration.ofSeconds(5));
        bob.link.close();
        scene.run();
        List<ILoggingEvent> lines = List.copyOf(appender.list);
        assertThat(lines).hasSize(1);
        assertThat(values(lines.get(0)))
                .containsEntry("user", "bob")
                .containsEntry("device", "web")
                .containsEntry("transport", "memory")
                .containsEntry("client", "test")
                .containsEntry("millis", "5000")
                .containsEntry("messagesReceived", "1")
                .containsEntry("messagesSent", "3")
                .containsEntry("code", "1000")
                .containsKeys("session", "address", "reason");
        assertThat(lines.get(0).toString() + values(lines.get(0))).doesNotContain("the-body");
    }

    @Test
    void aConnectionThatNeverLoggedInLeavesALineToo() {
        scene.connect("bad-secret", "x").hello();
        scene.run();
        assertThat(appender.list).hasSize(1);
        assertThat(values(appender.list.get(0)))
                .containsEntry("user", "-")
                .containsEntry("device", "-")
                .containsEntry("code", "4401")
                .doesNotContainValue("bad-secret");
    }

    private static Map<String, String> values(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .collect(Collectors.toMap((KeyValuePair pair) -> pair.key, pair -> String.valueOf(pair.value)));
    }
}
