package io.lastack.internal.request;

import io.lastack.cursor.CursorKey;
import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.cursor.CursorJournal;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.Standing;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that read. Every method blocks. */
final class QueryRequests {
    private static final int MAX_CONVERSATIONS = 200;
    private static final int MAX_REACTIONS = 1_000;
    private static final int MAX_BLOCKED = 1_000;

    private final ImStore store;
    private final EngineOptions options;
    private final AccessPolicy policy;
    private final CursorJournal journal;
    private final History history;

    QueryRequests(ImStore store, EngineOptions options, AccessPolicy policy, CursorJournal journal) {
        this.policy = policy;
        this.store = store;
        this.options = options;
        this.journal = journal;
        this.history = new History(store.log(), options.maxPacketBytes() / 2);
    }

    Result fetch(ClientSession session, ClientFrame.Fetch frame) {
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        Standing standing = readable(session, conversation);
        if (frame.afterSeq() < 0 || frame.beforeSeq() < 0 || (frame.afterSeq() > 0 && frame.beforeSeq() > 0)) {
            throw new InvalidRequestException("fetch takes afterSeq or beforeSeq, of 1 or more, not both");
        }
        int limit = limit(frame.limit(), options.maxFetch());
        long first = standing.firstSeq();
        long last = standing.visibleHead();
        if (frame.afterSeq() > 0) {
            long from = Math.max(first, frame.afterSeq() + 1);
            List<Message> messages =
                    history.oldest(conversation, from, last, limit).messages();
            boolean more =
                    !messages.isEmpty() && messages.get(messages.size() - 1).seq() < last;
            return page(conversation, messages, more);
        }
        long to = frame.beforeSeq() > 0 ? Math.min(last, frame.beforeSeq() - 1) : last;
        History.Slice slice = history.newest(conversation, Math.max(first, to - limit + 1), to);
        List<Message> messages = slice.messages();
        boolean more = !messages.isEmpty() && messages.get(0).seq() > Math.max(first, slice.begins());
        return page(conversation, messages, more);
    }

    private Result page(ConversationId conversation, List<Message> messages, boolean more) {
        List<Reaction> reactions = messages.isEmpty()
                ? List.of()
                : store.log()
                        .reactions(
                                conversation,
                                new SeqRange(
                                        messages.get(0).seq(),
                                        messages.get(messages.size() - 1).seq()),
                                MAX_REACTIONS);
        return new Result.Fetch(conversation, messages, more, reactions);
    }

    Result conversations(ClientSession session, ClientFrame.Conversations frame) {
        int limit = limit(frame.limit(), MAX_CONVERSATIONS);
        ConversationId after =
                frame.cursor() == null || frame.cursor().isEmpty() ? null : ConversationId.parse(frame.cursor());
        List<Subscription> page = new ArrayList<>();
        List<Result.Conversation> rows = new ArrayList<>();
        journal.reading(() -> {
            page.addAll(store.memberships().subscriptions(session.user(), session.device(), after, limit));
            Map<ConversationId, Message> newest = newestOf(page);
            for (Subscription s : page) {
                rows.add(row(session, s, newest.get(s.conversation())));
            }
        });
        String next = page.size() < limit
                ? null
                : page.get(page.size() - 1).conversation().value();
        return new Result.Conversations(rows, next);
    }

    private Result.Conversation row(ClientSession session, Subscription s, @Nullable Message newest) {
        boolean direct = s.conversation().kind() == ConversationId.Kind.DIRECT;
        CursorKey key = new CursorKey(s.conversation(), session.user(), session.device());
        return new Result.Conversation(
                s.conversation(),
                s.name(),
                s.role().name().toLowerCase(Locale.ROOT),
                Math.max(s.visibleHead(), 0),
                journal.floor(key, s.lastAck()),
                s.lastRead(),
                s.unread(),
                s.mentions(),
                s.firstSeq(),
                s.lastSeq() == Long.MAX_VALUE ? 0 : s.lastSeq(),
                newest,
                direct ? peer(session, s) : null,
                s.mutedUntil(),
                s.settings());
    }

    private Result.Peer peer(ClientSession session, Subscription s) {
        UserId peer = s.conversation().peerOf(session.user());
        return policy.maySeeReceipts(session.context(), s.conversation(), peer)
                ? new Result.Peer(peer, s.peerAck(), s.peerRead())
                : new Result.Peer(peer, 0, 0);
    }

    private Map<ConversationId, Message> newestOf(List<Subscription> subscriptions) {
        List<LogQuery> queries = subscriptions.stream()
                .filter(s -> s.visibleHead() >= s.firstSeq())
                .map(s -> new LogQuery(s.conversation(), new SeqRange(s.visibleHead(), s.visibleHead()), 1))
                .toList();
        Map<ConversationId, Message> newest = new HashMap<>();
        for (LogPage page : store.log().read(queries)) {
            page.messages().forEach(m -> newest.put(m.conversation(), m));
        }
        return newest;
    }

    Result receipts(ClientSession session, ClientFrame.Receipts frame) {
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        Standing standing = readable(session, conversation);
        if (frame.seq() < standing.firstSeq() || frame.seq() > standing.visibleHead()) {
            throw new InvalidRequestException(
                    Reason.NOT_FOUND,
                    "seq " + frame.seq() + " is not there; " + standing.firstSeq() + " to " + standing.visibleHead()
                            + " are");
        }
        return new ReceiptQueries(store)
                .receipts(
                        conversation,
                        frame.seq(),
                        frame.countsOnly(),
                        member -> policy.maySeeReceipts(session.context(), conversation, member));
    }

    Result blocked(ClientSession session, ClientFrame.Blocked frame) {
        int limit = limit(frame.limit(), MAX_BLOCKED);
        UserId after = frame.after() == null || frame.after().isEmpty() ? null : UserId.of(frame.after());
        List<UserId> page = store.memberships().blocked(session.user(), after, limit);
        String next = page.size() < limit ? null : page.get(page.size() - 1).value();
        return new Result.Blocked(page, next);
    }

    private Standing readable(ClientSession session, ConversationId conversation) {
        Standing standing = Addresses.standing(session, conversation);
        if (!policy.mayReadHistory(session.context(), conversation)) {
            throw new InvalidRequestException(
                    Reason.FORBIDDEN, "this user may not look into the past of " + conversation);
        }
        return standing;
    }

    private static int limit(int asked, int most) {
        if (asked < 0) {
            throw new InvalidRequestException("limit is " + asked + "; 1 to " + most + " are allowed");
        }
        return asked == 0 ? Math.min(50, most) : Math.min(asked, most);
    }
}
