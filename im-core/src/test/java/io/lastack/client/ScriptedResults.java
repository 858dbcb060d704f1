package io.lastack.client;

import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Message;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.RoomAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the scripted server answers to requests that are not messages. */
final class ScriptedResults {
    private ScriptedResults() {}

    static @Nullable Result of(ScriptedServer server, ClientFrame.Request request) {
        if (request instanceof ClientFrame.Fetch fetch) {
            return fetch(server, fetch);
        }
        if (request instanceof ClientFrame.Conversations page) {
            return conversations(server, page);
        }
        if (request instanceof ClientFrame.Receipts receipts) {
            return new Result.Receipts(
                    ConversationId.parse(receipts.conversation()),
                    receipts.seq(),
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    0,
                    0);
        }
        if (request instanceof ClientFrame.Group group) {
            String name = group.action() instanceof GroupAction.Create create ? create.name() : "g";
            return new Result.Group(ConversationId.group(name), name, 1, List.of(), null);
        }
        if (request instanceof ClientFrame.Blocked) {
            return new Result.Blocked(List.of(ScriptedServer.BOB), null);
        }
        if (request instanceof ClientFrame.Revise revise) {
            return new Result.Revise(ConversationId.parse(revise.conversation()), revise.seq() + 1, 0, false);
        }
        if (request instanceof ClientFrame.Notify) {
            return new Result.Notify(ConversationId.inbox(ScriptedServer.BOB), 1, 0, false);
        }
        if (request instanceof ClientFrame.Presence) {
            return new Result.Presence(List.of());
        }
        if (request instanceof ClientFrame.Room room) {
            return new Result.Room(room.room(), room.action() instanceof RoomAction.Count ? 2 : 1);
        }
        return null;
    }

    private static Result fetch(ScriptedServer server, ClientFrame.Fetch fetch) {
        ConversationId conversation = ConversationId.parse(fetch.conversation());
        List<Message> page = server.log.of(conversation).stream()
                .filter(m -> m.seq() > fetch.afterSeq())
                .limit(fetch.limit())
                .toList();
        return new Result.Fetch(conversation, page, false, List.of());
    }

    /** Two to a page, so that reading all of them takes several. */
    private static Result conversations(ScriptedServer server, ClientFrame.Conversations page) {
        List<Result.Conversation> rows = new ArrayList<>();
        String after = page.cursor() == null ? "" : page.cursor();
        for (ConversationId conversation : server.log.conversations()) {
            if (conversation.value().compareTo(after) > 0 && rows.size() < 2) {
                long floor = server.floors.getOrDefault(conversation, server.firstFloor);
                rows.add(new Result.Conversation(
                        conversation,
                        "",
                        "member",
                        server.log.head(conversation),
                        floor,
                        0,
                        0,
                        0,
                        1,
                        0,
                        null,
                        null,
                        0,
                        ConversationSettings.NONE));
            }
        }
        String cursor = rows.size() < 2 ? null : rows.get(1).conversation().value();
        return new Result.Conversations(rows, cursor);
    }
}
