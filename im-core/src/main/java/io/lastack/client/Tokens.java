package io.lastack.client;

import io.lastack.client.TokenSource.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the application's source for tokens, aside and one at a time, and remembers which one the server refused. */
final class Tokens {
    private final Turns turns;
    private final TokenSource source;
    private final List<Taker> takers = new ArrayList<>();
    private @Nullable Token inUse;
    private @Nullable String refused;

    Tokens(Turns turns, TokenSource source) {
        this.turns = turns;
        this.source = source;
    }

    void fetch(Taker taker) {
        takers.add(taker);
        if (takers.size() == 1) {
            turns.aside(this::ask);
        }
    }

    /** The one that was presented last. */
    @Nullable
    Token inUse() {
        return inUse;
    }

    void use(Token token) {
        inUse = token;
    }

    void refuse(@Nullable Token token) {
        refused = token == null ? null : token.value();
    }

    boolean isRefused(Token token) {
        return token.value().equals(refused);
    }

    private void ask() {
        try {
            Token token = source.fresh();
            turns.later(() -> takers().forEach(taker -> taker.got(token)));
        } catch (Exception e) {
            String failure = e.getClass().getSimpleName();
            turns.later(() -> takers().forEach(taker -> taker.failed(failure)));
        }
    }

    private List<Taker> takers() {
        List<Taker> all = List.copyOf(takers);
        takers.clear();
        return all;
    }

    /** Exactly one of the two is called, in a turn. */
    interface Taker {
        void got(Token token);

        /** @param failure the class of the exception; its text might quote a secret */
        void failed(String failure);
    }
}
