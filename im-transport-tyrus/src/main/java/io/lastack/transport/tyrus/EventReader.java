package io.lastack.transport.tyrus;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (the HTML standard, section 9.2) from a body that comes in pieces, each line bounded. While the
 * listener is busy nothing more is read, so that a client that cannot follow holds up the server and not its own memory.
 */
final class EventReader implements HttpResponse.BodySubscriber<@Nullable Void> {

    interface Listener {

        /** An event of a type, {@code message} if none was given. */
        void event(String type, String data);

        /** No more will come: the end of the body, or a failure. Told once. */
        void ended(@Nullable Throwable failure);
    }

    private final int maxLine;
    private final Listener listener;
    private final CompletableFuture<@Nullable Void> body = new CompletableFuture<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private boolean hasData;
    private volatile Flow.@Nullable Subscription subscription;

    EventReader(int maxLine, Listener listener) {
        this.maxLine = maxLine;
        this.listener = listener;
    }

    /** Reads no more, and drops the connection. */
    void cancel() {
        Flow.Subscription begun = subscription;
        if (begun != null) {
            begun.cancel();
        }
        body.complete(null);
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            while (piece.hasRemaining()) {
                byte next = piece.get();
                if (next == '\n') {
                    line(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (next != '\r') {
                    line.write(next);
                }
            }
        }
        if (line.size() + data.length() > maxLine) {
            cancel();
            listener.ended(new IllegalStateException("an event is longer than " + maxLine + " bytes"));
        } else if (subscription != null) {
            subscription.request(1);
        }
    }

    private void line(String text) {
        if (text.isEmpty()) {
            if (hasData) {
                listener.event(type.isEmpty() ? "message" : type, data.toString());
            }
            data.setLength(0);
            type = "";
            hasData = false;
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
        if (field.equals("data")) {
            data.append(hasData ? "\n" : "").append(value);
            hasData = true;
        } else if (field.equals("event")) {
            type = value;
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.complete(null);
        listener.ended(failure);
    }

    @Override
    public void onComplete() {
        body.complete(null);
        listener.ended(null);
    }
}
