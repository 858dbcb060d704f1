package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.Subscription;
import io.lastack.spi.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A log whose positions are kept elsewhere: for stores that declare that they can answer then. */
final class PositionsElsewhereSuite extends StoreSuite {
    PositionsElsewhereSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aMemberSeesFromItsFirstSeqToTheHead() {
        ConversationId direct = directWith(5);
        ConversationId group = newGroup("g", History.FROM_JOIN);
        send(alice, group, 3);
        add(group, bob);
        send(alice, group, 2);

        assertThat(visible(place(direct, alice), place(direct, bob), place(group, alice), place(group, bob)))
                .containsOnly(
                        Map.entry(place(direct, alice), new Visible(1, 5)),
                        Map.entry(place(direct, bob), new Visible(1, 5)),
                        Map.entry(place(group, alice), new Visible(1, 7)),
                        Map.entry(place(group, bob), new Visible(5, 7)));
        send(bob, group, 1);
        assertThat(visible(place(group, bob))).containsOnly(Map.entry(place(group, bob), new Visible(5, 8)));
    }

    @Test
    void whoLeftSeesUpToThatEntryAndWhoReturnedToTheHeadAgain() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        send(alice, group, 2);
        remove(group, bob);
        send(alice, group, 2);
        assertThat(visible(place(group, bob))).containsOnly(Map.entry(place(group, bob), new Visible(1, 4)));

        add(group, bob);
        send(alice, group, 1);
        assertThat(visible(place(group, bob))).containsOnly(Map.entry(place(group, bob), new Visible(7, 8)));
        dissolve(group);
        assertThat(visible(place(group, bob))).containsOnly(Map.entry(place(group, bob), new Visible(7, 9)));
    }

    @Test
    void whoNeverBelongedAndWhatDoesNotExistIsLeftOut() {
        ConversationId direct = directWith(2);
        Place known = place(direct, bob);

        assertThat(visible(
                        place(direct, carol),
                        known,
                        place(group("unknown"), alice),
                        known,
                        place(ConversationId.inbox(alice), alice),
                        place(direct, user("nobody"))))
                .containsOnly(Map.entry(known, new Visible(1, 2)));
        assertThat(visible()).isEmpty();
    }

    @Test
    void conversationsAreToldAsByTheStoreItselfButForThePositions() {
        ConversationId direct = directWith(6);
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        ConversationId left = newGroup("h", History.ALL, bob, carol);
        ConversationId inbox = ConversationId.inbox(bob);
        append(
                draft(carol, left, Content.text("to you").withMentions(List.of(bob))),
                draft(bob, left, Content.text("own")),
                draft(carol, inbox, Content.text("note")),
                setting(bob, new Change.SetConversation(direct, new ConversationSettings(9, true, false))));
        remove(left, bob);
        send(alice, left, 3);
        send(alice, group, 3);
        ack(direct, alice, phone, 4);
        read(direct, alice, 5, 9);
        ack(direct, bob, phone, 3);
        Map<ConversationId, Long> reads = new HashMap<>(Map.of(direct, 4L, group, 0L, left, 1L, inbox, 0L));
        reads.forEach((conversation, seq) -> {
            if (seq > 0) {
                read(conversation, bob, seq, 9);
            }
        });

        List<Subscription> own = memberships().subscriptions(bob, phone, reads.keySet());
        reads.put(group("unknown"), 3L);
        reads.put(ConversationId.inbox(alice), 0L);
        assertThat(withoutPositions(positionsElsewhere().subscriptions(bob, reads)))
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(withoutPositions(own));
    }

    @Test
    void whatIsUnreadIsCountedAboveTheGivenPositionsWhateverTheStoreHasItself() {
        ConversationId direct = ConversationId.direct(alice, bob);
        for (int i = 0; i < 6; i++) {
            append(draft(alice, direct, Content.text("text").withMentions(i % 2 == 0 ? List.of(bob) : List.of())));
        }
        send(bob, direct, 1);
        read(direct, bob, 5, 9);
        append(draft(alice, direct, Content.recall(1)));

        assertThat(counts(direct, bob, 0)).containsExactly(5L, 2L, 0L);
        assertThat(counts(direct, bob, 1)).containsExactly(5L, 2L, 1L);
        assertThat(counts(direct, bob, 3)).containsExactly(3L, 1L, 3L);
        assertThat(counts(direct, bob, 6)).containsExactly(0L, 0L, 6L);
        assertThat(counts(direct, bob, 8)).containsExactly(0L, 0L, 8L);
        assertThat(counts(direct, bob, 1_000)).as("above the log").containsExactly(0L, 0L, 1_000L);
        assertThat(counts(direct, alice, 0)).containsExactly(1L, 0L, 0L);
        assertThat(subscription(bob, direct).lastRead()).isEqualTo(5);
    }

    @Test
    void whatAMemberMayNotSeeIsNotUnreadWhereverItsPositionIs() {
        ConversationId group = newGroup("g", History.FROM_JOIN);
        send(alice, group, 4);
        add(group, bob);
        send(alice, group, 3);
        remove(group, bob);
        send(alice, group, 2);

        assertThat(counts(group, bob, 0)).containsExactly(3L, 0L, 0L);
        assertThat(counts(group, bob, 3)).containsExactly(3L, 0L, 3L);
        assertThat(counts(group, bob, 7)).containsExactly(2L, 0L, 7L);
        assertThat(counts(group, bob, 10)).containsExactly(0L, 0L, 10L);
    }

    @Test
    void aLongLogIsCountedAboveAGivenPositionToo() {
        ConversationId direct = directWith(1_500);
        for (long read : new long[] {0, 1, 255, 256, 257, 1_023, 1_024, 1_499, 1_500}) {
            assertThat(counts(direct, bob, read)).as("above %s", read).containsExactly(1_500 - read, 0L, read);
        }
    }

    @Test
    void whatWasDeletedIsNotUnreadAboveAGivenPositionEither() {
        ConversationId direct = directWith(9);
        assertThat(counts(direct, bob, 2)).containsExactly(7L, 0L, 2L);
        if (!retains()) {
            return;
        }
        retention().trim(direct, 5, Long.MAX_VALUE, 100);

        assertThat(counts(direct, bob, 0)).containsExactly(4L, 0L, 0L);
        assertThat(counts(direct, bob, 7)).containsExactly(2L, 0L, 7L);
        assertThat(visible(place(direct, bob))).containsOnly(Map.entry(place(direct, bob), new Visible(1, 9)));
    }

    @Test
    void thousandsOfPlacesAndConversationsAreToldAtOnce() {
        List<UserId> users = users(2_500);
        List<Draft> drafts = users.stream()
                .map(user -> text(user, ConversationId.direct(alice, user)))
                .toList();
        for (int i = 0; i < drafts.size(); i += 500) {
            log().append(drafts.subList(i, i + 500), SENT_AT);
        }
        Map<ConversationId, Long> reads = new HashMap<>();
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            ConversationId direct = ConversationId.direct(alice, users.get(i));
            reads.put(direct, (long) (i % 2));
            places.add(place(direct, alice));
            places.add(place(direct, users.get(i)));
        }

        assertThat(positionsElsewhere().visible(places)).hasSize(5_000).containsEntry(places.get(4_001), visible(1, 1));
        assertThat(positionsElsewhere().subscriptions(alice, reads))
                .hasSize(2_500)
                .allSatisfy(s -> assertThat(s.unread()).isEqualTo(1 - s.lastRead()));
        assertThat(positionsElsewhere().subscriptions(alice, Map.of())).isEmpty();
    }

    /** Unread, mentions and the position of a user in one conversation. */
    private List<Long> counts(ConversationId conversation, UserId user, long read) {
        List<Subscription> told = positionsElsewhere().subscriptions(user, Map.of(conversation, read));
        assertThat(told).hasSize(1);
        return List.of(told.get(0).unread(), told.get(0).mentions(), told.get(0).lastRead());
    }

    private static Visible visible(long firstSeq, long head) {
        return new Visible(firstSeq, head);
    }

    private Map<Place, Visible> visible(Place... places) {
        return positionsElsewhere().visible(List.of(places));
    }

    private static Place place(ConversationId conversation, UserId user) {
        return new Place(conversation, user);
    }

    private Draft setting(UserId user, Change change) {
        Content entry = new Content(Content.SETTINGS, "custom", Payload.EMPTY, Map.of(), 0, List.of(), 0);
        Draft named = draft(user, ConversationId.inbox(user), entry);
        return new Draft(named.conversation(), user, named.clientMessageId(), entry, change);
    }

    private static List<Subscription> withoutPositions(Collection<Subscription> subscriptions) {
        return subscriptions.stream()
                .map(s -> new Subscription(
                        s.conversation(),
                        s.name(),
                        s.role(),
                        s.head(),
                        s.firstSeq(),
                        s.lastSeq(),
                        0,
                        s.lastRead(),
                        s.unread(),
                        s.mentions(),
                        0,
                        0,
                        s.mutedUntil(),
                        s.settings()))
                .toList();
    }
}
