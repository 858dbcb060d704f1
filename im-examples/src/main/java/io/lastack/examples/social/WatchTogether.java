package io.lastack.examples.social;

import io.lastack.client.ImClient;
import io.lastack.session.Body;
import io.lastack.session.Result;
import io.lastack.session.RoomAction;
import io.lastack.session.ServerFrame;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A player that all in a room share: who plays, pauses or jumps does so for everybody, and who comes later is told by those who
 * are there. Nothing of it is stored, and an event may be lost: each therefore says the whole state, and the next one repairs
 * it. Give it every room event of the client's listener, and {@link #join} anew after each link. Thread-safe.
 */
public final class WatchTogether {
    private static final String PLAY = "play";
    private static final String PAUSE = "pause";
    private static final String ASK = "ask";
    private static final String ANSWER = "answer";
    private static final Pattern STATE = Pattern.compile("(play|pause) (\\d{1,15})");

    private final ImClient client;
    private final String room;
    private final LongSupplier clock;
    private Playback playback = new Playback(false, 0, 0);
    private boolean known;
    private boolean asking;

    /** @param positionMillis where it was at {@code atMillis} of the own clock */
    private record Playback(boolean playing, long positionMillis, long atMillis) {}

    /** @param clock milliseconds, of any clock that goes on evenly */
    public WatchTogether(ImClient client, String room, LongSupplier clock) {
        this.client = client;
        this.room = room;
        this.clock = clock;
    }

    /** Enters the room, and asks how things stand there. */
    public CompletionStage<Result.Room> join() {
        synchronized (this) {
            asking = true;
        }
        return client.requests()
                .room(room, new RoomAction.Join())
                .thenCompose(joined -> publish(ASK, Body.NONE).thenApply(asked -> joined));
    }

    public CompletionStage<Result.Room> play() {
        return tell(true, position());
    }

    public CompletionStage<Result.Room> pause() {
        return tell(false, position());
    }

    /** Jumps, playing on or not as before. */
    public CompletionStage<Result.Room> seek(long positionMillis) {
        return tell(isPlaying(), positionMillis);
    }

    public synchronized boolean isPlaying() {
        return playback.playing();
    }

    /** Where the player is now, in milliseconds from the start. */
    public synchronized long position() {
        long passed = playback.playing() ? clock.getAsLong() - playback.atMillis() : 0;
        return playback.positionMillis() + passed;
    }

    /** Something was said in one of the rooms. */
    public void roomEvent(ServerFrame.RoomEvent event) {
        if (!event.room().equals(room)) {
            return;
        }
        switch (event.event()) {
            case PLAY, PAUSE ->
                take(event.event() + " " + event.payload().toPayload().asText());
            case ASK -> answer();
            case ANSWER -> {
                // Of several who answer the first counts, and only for who asked: things may have changed since.
                if (isAsking()) {
                    take(event.payload().toPayload().asText());
                }
            }
            default -> {
                // Somebody else's event, in the same room.
            }
        }
    }

    private synchronized boolean isAsking() {
        return asking;
    }

    private void take(String state) {
        Matcher words = STATE.matcher(state);
        if (words.matches()) {
            set(words.group(1).equals(PLAY), Long.parseLong(words.group(2)));
        }
    }

    private void answer() {
        boolean knows;
        synchronized (this) {
            knows = known;
        }
        if (knows) {
            publish(ANSWER, Body.of((isPlaying() ? PLAY : PAUSE) + " " + position()));
        }
    }

    private CompletionStage<Result.Room> tell(boolean playing, long positionMillis) {
        set(playing, positionMillis);
        return publish(playing ? PLAY : PAUSE, Body.of(Long.toString(positionMillis)));
    }

    private synchronized void set(boolean playing, long positionMillis) {
        playback = new Playback(playing, positionMillis, clock.getAsLong());
        known = true;
        asking = false;
    }

    private CompletionStage<Result.Room> publish(String event, Body payload) {
        return client.requests().room(room, new RoomAction.Publish(event, payload));
    }
}
