package io.lastack.examples.chat;

import io.lastack.client.ImClient;
import io.lastack.error.ImException;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.Result;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes the lines that are typed. */
final class Prompt {
    private static final int PAGE = 50;
    private static final int PATIENCE_SECONDS = 10;

    private final ImClient client;
    private final UserId user;
    private final PrintWriter out;
    private final List<CompletableFuture<?>> unanswered = new ArrayList<>();
    private @Nullable ConversationId target;

    Prompt(ImClient client, UserId user, PrintWriter out) {
        this.client = client;
        this.user = user;
        this.out = out;
    }

    /** @return false to end */
    boolean take(String line) {
        String typed = line.strip();
        try {
            if (typed.equals("/quit")) {
                return false;
            }
            if (typed.equals("/list")) {
                list();
            } else if (typed.startsWith("/history ")) {
                history(address(typed.substring("/history ".length()).strip()));
            } else if (typed.startsWith("/group ")) {
                group(typed.substring("/group ".length()).strip());
            } else if (typed.startsWith("/")) {
                out.println("! unknown: " + typed + "; there are /group, /history, /list and /quit");
            } else if (!typed.isEmpty()) {
                send(typed);
            }
        } catch (ImException e) {
            out.println("! " + e.getMessage());
        }
        return true;
    }

    private void send(String typed) {
        String text = typed;
        if (typed.startsWith("@") || typed.startsWith("#")) {
            int space = typed.indexOf(' ');
            target = address(space < 0 ? typed : typed.substring(0, space));
            text = space < 0 ? "" : typed.substring(space + 1).strip();
        }
        if (target == null) {
            out.println("! to whom? begin with @name or #group");
        } else if (!text.isEmpty()) {
            unanswered.add(client.send(target, Content.text(text)).toCompletableFuture());
        }
    }

    private ConversationId address(String value) {
        return value.startsWith("#")
                ? ConversationId.group(value.substring(1))
                : ConversationId.direct(user, UserId.of(value.replaceFirst("^@", "")));
    }

    private void list() {
        answer(client.requests().conversations(null, PAGE).thenAccept(page -> {
            for (Result.Conversation row : page.conversations()) {
                out.printf(
                        "  %s %s(%d unread)%n",
                        row.conversation(), row.name().isEmpty() ? "" : row.name() + " ", row.unread());
            }
            out.flush();
        }));
    }

    private void history(ConversationId conversation) {
        answer(client.requests().fetchBefore(conversation, 0, PAGE).thenAccept(page -> {
            page.messages().forEach(message -> out.println("  " + Screen.line(message)));
            out.flush();
        }));
    }

    private void group(String typed) {
        String[] words = typed.split("\\s+", 2);
        List<UserId> members = words.length < 2
                ? List.of()
                : Stream.of(words[1].split(","))
                        .map(String::strip)
                        .map(UserId::of)
                        .toList();
        target = ConversationId.group(words[0]);
        answer(client.requests().createGroup(words[0], words[0], members).thenAccept(made -> {
            out.println("* made " + made.conversation());
            out.flush();
        }));
    }

    private void answer(CompletionStage<?> stage) {
        unanswered.add(stage.exceptionally(failure -> {
                    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                    out.println("! " + cause.getMessage());
                    out.flush();
                    return null;
                })
                .toCompletableFuture());
    }

    /** Gives what was typed last a moment to be answered. */
    void awaitAnswers() {
        try {
            CompletableFuture.allOf(unanswered.toArray(CompletableFuture[]::new))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            out.println("! not everything was sent");
        } catch (TimeoutException e) {
            out.println("! not everything was answered in " + PATIENCE_SECONDS + " s");
        }
    }
}
