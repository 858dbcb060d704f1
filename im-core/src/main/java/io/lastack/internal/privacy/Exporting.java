package io.lastack.internal.privacy;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Subscription;
import io.lastack.spi.UserExport;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One user's data as JSON lines, a page at a time: memory does not grow with the data. Blocks. */
public final class Exporting {
    private static final int PAGE = 500;
    private static final int PAGE_BYTES = 1 << 20;
    /** Of no user: what the store tells to a device that it does not know is what it tells of the user. */
    private static final DeviceId NO_DEVICE = DeviceId.of("export");

    private final ImStore store;
    private final UserExport export;
    private final UserId user;
    private final Appendable out;

    public Exporting(ImStore store, UserExport export, UserId user, Appendable out) {
        this.store = store;
        this.export = export;
        this.user = user;
        this.out = out;
    }

    public void run() throws IOException {
        List<DeviceId> devices = export.devices(user);
        write(line("user").add("user", user.value()).add("devices", devices));
        writeSubscriptions(NO_DEVICE, Exporting::membership);
        for (DeviceId device : devices) {
            writeSubscriptions(
                    device,
                    s -> line("position")
                            .add("conversation", s.conversation().value())
                            .add("device", device.value())
                            .add("lastAck", s.lastAck()));
        }
        writeSent();
        writeInbox();
    }

    private void writeSubscriptions(DeviceId device, Function<Subscription, JsonLine> line) throws IOException {
        ConversationId after = null;
        List<Subscription> page;
        do {
            page = store.memberships().subscriptions(user, device, after, PAGE);
            for (Subscription subscription : page) {
                after = subscription.conversation();
                write(line.apply(subscription));
            }
        } while (page.size() == PAGE);
    }

    private static JsonLine membership(Subscription s) {
        JsonLine line = line("membership")
                .add("conversation", s.conversation().value())
                .add("name", s.name())
                .add("role", s.role().name().toLowerCase(Locale.ROOT))
                .add("firstSeq", s.firstSeq())
                .add("lastRead", s.lastRead());
        return s.lastSeq() == Long.MAX_VALUE ? line : line.add("leftSeq", s.lastSeq());
    }

    private void writeSent() throws IOException {
        @Nullable String position = null;
        do {
            UserExport.Page page = export.sent(user, position, PAGE, PAGE_BYTES);
            for (Message message : page.messages()) {
                write(message("sent", message));
            }
            position = page.next();
        } while (position != null);
    }

    private void writeInbox() throws IOException {
        ConversationId inbox = ConversationId.inbox(user);
        long head = store.log().heads(List.of(inbox)).getOrDefault(inbox, 0L);
        for (long next = 1; next <= head; ) {
            LogPage page = store.log()
                    .read(List.of(new LogQuery(inbox, new SeqRange(next, head), PAGE_BYTES)))
                    .get(0);
            for (Message message : page.messages()) {
                write(message("inbox", message));
            }
            long last = page.messages().stream().mapToLong(Message::seq).max().orElse(page.trimmedThrough());
            if (last < next) {
                return;
            }
            next = last + 1;
        }
    }

    private static JsonLine message(String kind, Message message) {
        Content content = message.content();
        JsonLine line = line(kind)
                .add("conversation", message.conversation().value())
                .add("seq", message.seq())
                .add("sender", message.sender().value())
                .add("clientMessageId", message.clientMessageId().value())
                .add("sentAt", message.sentAt())
                .add("kind", content.kind())
                .add("type", content.type());
        if (content.payload().isText()) {
            line.add("text", content.payload().asText());
        } else {
            line.add(
                    "body", Base64.getEncoder().encodeToString(content.payload().data()));
        }
        if (!content.ext().isEmpty()) {
            line.add("ext", content.ext());
        }
        if (!content.mentions().isEmpty()) {
            line.add("mentions", content.mentions());
        }
        addIfGiven(line, "replyTo", content.replyTo());
        addIfGiven(line, "revises", content.revises());
        addIfGiven(line, "revisedBy", content.revisedBy());
        return line;
    }

    private static void addIfGiven(JsonLine line, String field, long seq) {
        if (seq > 0) {
            line.add(field, seq);
        }
    }

    private static JsonLine line(String kind) {
        return new JsonLine().add("line", kind);
    }

    private void write(JsonLine line) throws IOException {
        out.append(line.toString()).append('\n');
    }
}
