package io.lastack.examples.chat;

import io.lastack.client.ClientListener;
import io.lastack.client.ConnectionState;
import io.lastack.client.RequestFailedException;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.session.ServerFrame;
import java.io.PrintWriter;

/** Prints what a client hears. A message that was printed is confirmed: returning normally says so. */
final class Screen implements ClientListener {
    private final UserId user;
    private final PrintWriter out;

    Screen(UserId user, PrintWriter out) {
        this.user = user;
        this.out = out;
    }

    @Override
    public void message(Message message) {
        print(line(message));
    }

    static String line(Message message) {
        Content content = message.content();
        String text =
                content.kind().equals(Content.MEMBERSHIP) || content.kind().equals(Content.NOTIFICATION)
                        ? content.kind() + " " + content.ext()
                        : content.payload().isText() ? content.payload().asText() : "(" + content.payload() + ")";
        return String.format("[%s %d] %s: %s", message.conversation(), message.seq(), message.sender(), text);
    }

    @Override
    public void skipped(ConversationId conversation, SeqRange range, String reason) {
        print("[" + conversation + " " + range + " not kept: " + reason + "]");
    }

    @Override
    public void sendFailed(ClientMessageId id, RequestFailedException reason) {
        print("! not sent: " + reason.getMessage());
    }

    @Override
    public void stateChanged(ConnectionState state) {
        if (state instanceof ConnectionState.Online) {
            print("* online");
        } else if (state instanceof ConnectionState.Waiting waiting) {
            print("* offline (" + waiting.reason().text() + "); connecting again soon");
        } else if (state instanceof ConnectionState.Stopped stopped) {
            print("* stopped: " + stopped.reason().text());
        }
    }

    @Override
    public void receipt(ServerFrame.Receipt receipt) {
        if (receipt.lastRead() > 0 && !receipt.user().equals(user)) {
            print("* " + receipt.user() + " has read " + receipt.conversation() + " up to " + receipt.lastRead());
        }
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
