package io.lastack.proto;

import io.lastack.ImEngine;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.Handshake;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.Authenticator.Credentials;
import io.lastack.spi.UserContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * An engine over a store in memory, in virtual time, and three connections that do what bytes say. Steps end with
 * {@link #STEP_END}; the first byte of each says what it is, the others are its argument:
 *
 * <ul>
 *   <li>{@code a}, {@code b}, {@code c}: a packet arrives on that connection, in JSON on the first, in protobuf on the
 *       others
 *   <li>{@code A}, {@code B}, {@code C}: that connection is lost, and another opened; an argument is token and device of
 *       the handshake, with a blank between
 *   <li>{@code x}, {@code y}, {@code z}: that client stops reading, or reads again
 *   <li>{@code X}, {@code Y}, {@code Z}: that client closes
 *   <li>{@code +}: as many seconds pass as the first byte of the argument says
 *   <li>{@code !}: the engine drains
 * </ul>
 */
final class SessionScript {
    /** In no UTF-8, and rare in protobuf. */
    static final byte STEP_END = (byte) 0xFE;

    /** Enough for every time-out of the engine, and for what it does on each second. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** What one script may ask for: pages of history full of large messages, to three clients. */
    private static final long ALLOWED_BYTES = 256L << 20;

    /** A step is a packet of some hundred requests at the most. */
    private static final int ALLOWED_TASKS = 100_000;

    private static final LoggedErrors ERRORS = LoggedErrors.ofThisProcess();

    private final VirtualRuntime runtime = VirtualRuntime.seeded(42);
    private final ImEngine engine = ImEngine.builder(MemoryStore.create())
            .runtime(runtime)
            .authenticator(SessionScript::authenticate)
            .build();
    private final List<ScriptedClient> clients = List.of(
            new ScriptedClient(engine, runtime, WireCodec.JSON),
            new ScriptedClient(engine, runtime, WireCodec.PROTO),
            new ScriptedClient(engine, runtime, WireCodec.PROTO));
    private Duration passed = Duration.ZERO;

    private SessionScript() {}

    /** @throws AssertionError if the engine, or a client, saw what must not be */
    static void run(byte[] script) {
        Allocated.atMost(ALLOWED_BYTES, () -> new SessionScript().play(script));
    }

    private void play(byte[] script) {
        ERRORS.clear();
        clients.forEach(client -> client.connect(Handshake.NONE));
        int from = 0;
        for (int at = 0; at <= script.length; at++) {
            if (at == script.length || script[at] == STEP_END) {
                step(script, from, at);
                from = at + 1;
            }
        }
        end();
        ERRORS.check();
    }

    /** A token is the name of its user, unless it begins with "bad" or is no name. */
    private static AuthOutcome authenticate(Credentials credentials) {
        try {
            return credentials.token().startsWith("bad")
                    ? new AuthOutcome.Rejected("bad token")
                    : new AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token())));
        } catch (InvalidRequestException e) {
            return new AuthOutcome.Rejected("the token is of nobody");
        }
    }

    private void step(byte[] script, int from, int to) {
        if (from == to) {
            return;
        }
        char what = (char) script[from];
        byte[] argument = Arrays.copyOfRange(script, from + 1, to);
        switch (what) {
            case 'a', 'b', 'c' -> clients.get(what - 'a').send(argument);
            case 'A', 'B', 'C' -> clients.get(what - 'A').connect(handshake(argument));
            case 'x', 'y', 'z' -> clients.get(what - 'x').stopOrGoOnReading();
            case 'X', 'Y', 'Z' -> clients.get(what - 'X').close();
            case '+' -> pass(Duration.ofSeconds(argument.length == 0 ? 1 : argument[0] & 0xff));
            case '!' -> engine.drain(Duration.ofSeconds(1));
            default -> {}
        }
        int ran = runtime.runUntilIdle();
        if (ran > ALLOWED_TASKS) {
            throw new AssertionError(ran + " tasks for a step of " + argument.length + " bytes");
        }
    }

    private static Handshake handshake(byte[] argument) {
        String[] words = new String(argument, StandardCharsets.UTF_8).split(" ", 2);
        return words.length < 2
                ? Handshake.NONE
                : new Handshake(words[0].isEmpty() ? null : words[0], words[1].isEmpty() ? null : words[1]);
    }

    private void pass(Duration time) {
        Duration allowed = LONGEST.minus(passed);
        Duration now = time.compareTo(allowed) > 0 ? allowed : time;
        passed = passed.plus(now);
        runtime.advance(now);
    }

    /** Every request was answered by now; and nothing is left of clients that went. */
    private void end() {
        runtime.advance(Duration.ofSeconds(1));
        clients.forEach(ScriptedClient::checkAnswered);
        clients.forEach(ScriptedClient::cut);
        runtime.advance(Duration.ofMinutes(1));
        require(engine.presence().connections() == 0, "connections are left");
        require(engine.counters().conversationsWatched() == 0, "conversations are watched by nobody");
        require(engine.counters().outboundBytes() == 0, "bytes wait for nobody");
        require(runtime.pending() == 0, "timers are left");
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
