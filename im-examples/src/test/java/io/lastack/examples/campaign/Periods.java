package io.lastack.examples.campaign;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** When a user belonged to a conversation, as its log tells: the entry that adds a member is the first that is seen. */
final class Periods {
    private final List<long[]> periods = new ArrayList<>();

    static Periods of(UserId user, ConversationId conversation, List<Message> log) {
        Periods periods = new Periods();
        if (conversation.kind() != ConversationId.Kind.GROUP) {
            periods.join(1);
            return periods;
        }
        for (Message message : log) {
            if (message.content().kind().equals(Content.MEMBERSHIP)) {
                periods.change(user, message);
            }
        }
        return periods;
    }

    private void change(UserId user, Message message) {
        Map<String, String> ext = message.content().ext();
        String change = ext.getOrDefault("change", "");
        boolean concerned = List.of(ext.getOrDefault("users", "").split(",")).contains(user.value())
                || (change.equals("created") && message.sender().equals(user));
        if (concerned) {
            switch (change) {
                case "created", "joined" -> join(message.seq());
                case "left", "removed" -> leave(message.seq());
                default -> throw new IllegalArgumentException("a change of members says " + change);
            }
        }
    }

    private void join(long seq) {
        if (!isMember()) {
            periods.add(new long[] {seq, Long.MAX_VALUE});
        }
    }

    private void leave(long seq) {
        if (isMember()) {
            periods.get(periods.size() - 1)[1] = seq;
        }
    }

    boolean isMember() {
        return !periods.isEmpty() && periods.get(periods.size() - 1)[1] == Long.MAX_VALUE;
    }

    boolean begin(long seq) {
        return periods.stream().anyMatch(period -> period[0] == seq);
    }

    boolean cover(long seq) {
        return periods.stream().anyMatch(period -> period[0] <= seq && seq <= period[1]);
    }

    /** The first entry of the newest period, which is all that is owed. */
    long owedFrom() {
        return periods.get(periods.size() - 1)[0];
    }
}
