package io.lastack.store.redis;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The logs. */
final class RedisLog implements MessageLog {
    /** Beyond this, Lua's numbers skip some; no log gets there. */
    private static final long HIGHEST = 1L << 53;

    /** The server runs one script at a time; while it answers one list, the next one is on its way. */
    private static final int PARALLEL_APPENDS = 2;

    private final Server server;
    private final Keys keys;
    private final UserLists lists;
    private final OnceKeys once;
    private final RedisEpoch epoch;

    RedisLog(Server server, Keys keys, UserLists lists, OnceKeys once, RedisEpoch epoch) {
        this.server = server;
        this.keys = keys;
        this.lists = lists;
        this.once = once;
        this.epoch = epoch;
    }

    @Override
    public String epoch() {
        return epoch.value();
    }

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("an append of 0 drafts is not allowed; 1 or more is");
        }
        List<Draft> checked = List.copyOf(drafts);
        checked.forEach(Draft::requireClientMessageId);
        return new Append(server, keys, lists, once, checked, sentAt).run();
    }

    @Override
    public int parallelAppends() {
        return PARALLEL_APPENDS;
    }

    @Override
    public List<LogPage> read(List<LogQuery> queries) {
        List<Reply> replies =
                server.calls("read messages", queries.stream().map(this::page).toList());
        List<LogPage> pages = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            ConversationId id = queries.get(i).conversation();
            Reply reply = replies.get(i);
            pages.add(new LogPage(
                    id, StoredMessage.list(id, reply, 1), reply.at(0).number()));
        }
        return pages;
    }

    private Call page(LogQuery query) {
        return Script.PAGE.on(
                keys.conversation(query.conversation()),
                Arguments.of(
                        Math.min(HIGHEST, query.range().first()),
                        Math.min(HIGHEST, query.range().last()),
                        query.maxBytes()));
    }

    @Override
    public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        Arguments.atLeastOne("limit", limit);
        Reply found = server.call(
                "read reactions",
                Script.REACTIONS.on(
                        keys.conversation(conversation), Arguments.of(targets.first(), targets.last(), limit)));
        List<Reaction> reactions = new ArrayList<>(found.size() / 2);
        for (int i = 0; i < found.size(); i += 2) {
            String[] words = found.at(i).text().split(" ", 3);
            reactions.add(
                    new Reaction(found.at(i + 1).number(), UserId.of(words[1]), words[2], Long.parseLong(words[0])));
        }
        return reactions;
    }

    @Override
    public Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
        List<ConversationId> distinct = conversations.stream().distinct().toList();
        List<Reply> replies = server.calls(
                "read heads",
                distinct.stream()
                        .map(id -> Script.HEAD.on(keys.conversation(id), Arguments.of()))
                        .toList());
        Map<ConversationId, Long> heads = new HashMap<>();
        for (int i = 0; i < distinct.size(); i++) {
            if (!replies.get(i).isNothing()) {
                heads.put(distinct.get(i), replies.get(i).number());
            }
        }
        return heads;
    }
}
