package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Follows some logs while others write them, and fails where it sees n+1 without n. */
final class LogReader {
    private static final int MAX_BYTES = 1_000_000;

    private final MessageLog log;
    private final List<ConversationId> conversations;
    private final List<List<Message>> seen = new ArrayList<>();

    LogReader(MessageLog log, List<ConversationId> conversations) {
        this.log = log;
        this.conversations = conversations;
        conversations.forEach(c -> seen.add(new ArrayList<>()));
    }

    /** Reads what is new, once. */
    void poll() {
        Map<ConversationId, Long> heads = log.heads(conversations);
        List<LogQuery> queries = new ArrayList<>();
        for (int i = 0; i < conversations.size(); i++) {
            queries.add(new LogQuery(
                    conversations.get(i), new SeqRange(seen.get(i).size() + 1, Long.MAX_VALUE), MAX_BYTES));
        }
        List<LogPage> pages = log.read(queries);
        for (int i = 0; i < conversations.size(); i++) {
            take(seen.get(i), pages.get(i));
            assertThat((long) seen.get(i).size())
                    .as("what can be read of %s, whose head was told before", conversations.get(i))
                    .isGreaterThanOrEqualTo(heads.getOrDefault(conversations.get(i), 0L));
        }
    }

    /** What it saw, by conversation, each message when it came first. */
    List<List<Message>> seen() {
        return seen;
    }

    private static void take(List<Message> known, LogPage page) {
        for (Message message : page.messages()) {
            assertThat(message.seq())
                    .as("the seq that is seen next in %s", page.conversation())
                    .isEqualTo(known.size() + 1);
            known.add(message);
        }
    }
}
