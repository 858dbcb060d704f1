package io.lastack.examples.campaign;

import io.lastack.examples.campaign.Findings.Kind;
import io.lastack.examples.campaign.Journal.Word;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The log beside what was confirmed, and beside what was sent at all. */
final class LogCheck {
    private final Map<ConversationId, List<Message>> log;
    private final Findings findings;
    private int confirmed;

    LogCheck(Map<ConversationId, List<Message>> log, Findings findings) {
        this.log = log;
        this.findings = findings;
    }

    void check(List<Diary> diaries, StoredState end) {
        Set<String> sent = new HashSet<>();
        for (Diary diary : diaries) {
            diary.of(Word.SEND).forEach(entry -> sent.add(diary.name().user() + " " + entry.text(0)));
            checkConfirmed(diary);
            diary.of(Word.STOPPED)
                    .forEach(entry -> findings.add(
                            Kind.STOPPED, diary.name() + " gave up: " + String.join(" ", entry.arguments())));
            diary.of(Word.EPOCH)
                    .forEach(entry -> findings.add(Kind.LOST, diary.name() + " was told that the data is another"));
        }
        log.forEach((conversation, messages) -> {
            if (messages.size() != end.heads().getOrDefault(conversation, 0L)) {
                findings.add(
                        Kind.GAP,
                        conversation + " has " + messages.size() + " messages, and its head is "
                                + end.heads().get(conversation));
            }
            check(conversation, messages, sent);
        });
    }

    private void checkConfirmed(Diary diary) {
        Map<String, String> places = new HashMap<>();
        diary.of(Word.SENT).forEach(entry -> {
            String id = entry.text(0);
            String place = entry.text(1) + " " + entry.text(2);
            String before = places.put(id, place);
            if (before == null) {
                confirmed++;
            } else if (!before.equals(place)) {
                findings.add(Kind.TWICE_OR_DISORDERED, id + " was confirmed at " + before + " and at " + place);
            }
            List<Message> messages = log.getOrDefault(entry.conversation(1), List.of());
            long seq = entry.number(2);
            Message there = seq <= messages.size() ? messages.get((int) seq - 1) : null;
            if (there == null
                    || !there.clientMessageId().value().equals(id)
                    || !there.sender().equals(diary.name().user())) {
                findings.add(
                        Kind.LOST, id + " of " + diary.name() + " was confirmed at " + place + ", and is not there");
            }
        });
    }

    private void check(ConversationId conversation, List<Message> messages, Set<String> sent) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            String name = message.sender() + " " + message.clientMessageId();
            if (message.seq() != i + 1) {
                findings.add(Kind.GAP, conversation + " has " + message.seq() + " where " + (i + 1) + " belongs");
            }
            if (!seen.add(name)) {
                findings.add(Kind.TWICE_OR_DISORDERED, conversation + " holds " + name + " twice");
            }
            if (message.content().kind().equals(Content.MESSAGE) && !sent.contains(name)) {
                findings.add(Kind.FOREIGN, conversation + " holds " + name + ", which nobody sent");
            }
        }
    }

    int confirmed() {
        return confirmed;
    }

    int messages() {
        return log.values().stream().mapToInt(List::size).sum();
    }
}
