package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** All that was confirmed to anybody, and what follows for everybody. */
final class Ledger {
    private final Map<String, TreeMap<Long, String>> promised = new TreeMap<>();
    private int confirmed;

    static Ledger of(List<Member> members) {
        Ledger ledger = new Ledger();
        for (Member member : members) {
            member.confirmed().forEach((id, place) -> ledger.add(member.user() + " " + id, place));
        }
        return ledger;
    }

    private void add(String message, String place) {
        int space = place.indexOf(' ');
        String before = promised.computeIfAbsent(place.substring(0, space), c -> new TreeMap<>())
                .put(Long.parseLong(place.substring(space + 1)), message);
        assertThat(before).as("two messages promised the same place " + place).isNull();
        confirmed++;
    }

    int confirmed() {
        return confirmed;
    }

    int conversations() {
        return promised.size();
    }

    /** Every conversation of this member is there as far as anything was promised. */
    void awaitReceivedBy(Member member) {
        Map<String, Long> heads = new TreeMap<>();
        promised.forEach((conversation, messages) -> {
            if (concerns(conversation, member)) {
                heads.put(conversation, messages.lastKey());
            }
        });
        member.client().awaitThat("all messages for " + member.user(), () -> member.hasAll(heads));
    }

    private static boolean concerns(String conversation, Member member) {
        return conversation.startsWith("group:")
                || List.of(conversation.substring("direct:".length()).split("~"))
                        .contains(member.user());
    }

    void check(List<Member> members) {
        promised.forEach((conversation, messages) -> members.stream()
                .filter(member -> concerns(conversation, member))
                .forEach(member -> check(conversation, messages, member.view().get(conversation))));
        assertThat(confirmed).as("something was sent at all").isGreaterThan(100);
    }

    private static void check(
            String conversation, NavigableMap<Long, String> messages, NavigableMap<Long, String> view) {
        assertThat(view.firstKey()).as(conversation).isEqualTo(1);
        assertThat(view.lastKey()).as(conversation + " has no gap").isEqualTo(view.size());
        messages.forEach((seq, message) ->
                assertThat(view.get(seq)).as(conversation + " " + seq).isEqualTo(message));
        Set<String> distinct = new HashSet<>(view.values());
        assertThat(distinct).as(conversation + " holds each message once").hasSameSizeAs(view.values());
    }
}
