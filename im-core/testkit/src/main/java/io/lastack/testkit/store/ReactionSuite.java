package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who reacts to which message, and whom messages name. */
abstract class ReactionSuite extends StoreSuite {
    private static final String LIKE = "\ud83d\udc4d";
    private static final String HEART = "\u2764\ufe0f";
    private static final SeqRange ALL = new SeqRange(1, Long.MAX_VALUE);

    ReactionSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void theLatestWordOfEachUserOnEachEmojiCounts() {
        ConversationId direct = directWith(2);
        react(bob, direct, 1, LIKE, false);
        react(bob, direct, 1, LIKE, false);
        react(bob, direct, 1, HEART, false);
        react(alice, direct, 1, LIKE, false);
        react(alice, direct, 2, HEART, false);
        assertThat(log().reactions(direct, ALL, 100)).hasSize(4);
        react(bob, direct, 1, HEART, true);
        react(alice, direct, 2, LIKE, true);

        assertThat(log().reactions(direct, ALL, 100))
                .containsExactly(
                        new Reaction(1, bob, LIKE, 4),
                        new Reaction(1, alice, LIKE, 6),
                        new Reaction(2, alice, HEART, 7));
        react(bob, direct, 1, HEART, false);
        assertThat(log().reactions(direct, new SeqRange(1, 1), 100))
                .extracting(Reaction::seq)
                .containsExactly(4L, 6L, 10L);
    }

    @Test
    void reactionsAreToldByTheMessagesAskedForAndNoMoreThanAskedFor() {
        ConversationId direct = directWith(3);
        ConversationId other = ConversationId.direct(alice, carol);
        send(alice, other);
        for (long target = 3; target >= 1; target--) {
            react(bob, direct, target, LIKE, false);
        }

        assertThat(log().reactions(direct, new SeqRange(2, 3), 100))
                .extracting(Reaction::target)
                .containsExactly(2L, 3L);
        assertThat(log().reactions(direct, ALL, 2)).extracting(Reaction::target).containsExactly(1L, 2L);
        assertThat(log().reactions(direct, new SeqRange(4, 9), 2)).isEmpty();
        assertThat(log().reactions(other, ALL, 2)).isEmpty();
        assertThat(log().reactions(ConversationId.direct(bob, carol), ALL, 2)).isEmpty();
    }

    @Test
    void whatIsNoReactionToAMessageCountsForNothing() {
        ConversationId direct = directWith(1);
        append(draft(bob, direct, new Content(Content.REACTION, "text", Payload.EMPTY, Map.of(), 0, List.of(), 1)));
        append(draft(bob, direct, Content.text(LIKE)));
        for (long target : new long[] {0, 2, 4, 99}) {
            react(bob, direct, target, LIKE, false);
        }

        assertThat(log().reactions(direct, ALL, 100))
                .extracting(Reaction::target)
                .isEmpty();
        react(bob, direct, 3, "x".repeat(Reaction.MAX_EMOJI_BYTES), false);
        assertThat(log().reactions(direct, ALL, 100)).hasSize(1);
    }

    @Test
    void aRecallTakesTheReactionsWithTheMessage() {
        ConversationId direct = directWith(2);
        react(bob, direct, 1, LIKE, false);
        react(bob, direct, 2, LIKE, false);

        append(draft(alice, direct, Content.recall(1)));
        react(bob, direct, 1, HEART, false);

        assertThat(log().reactions(direct, ALL, 100)).containsExactly(new Reaction(2, bob, LIKE, 4));
    }

    @Test
    void anEditLeavesTheReactionsAndAReactionInTheListOfItsMessageCounts() {
        ConversationId direct = ConversationId.direct(alice, bob);
        append(
                text(alice, direct),
                draft(bob, direct, Reaction.content(1, LIKE, false)),
                draft(bob, direct, Reaction.content(1, HEART, false)),
                draft(bob, direct, Reaction.content(1, LIKE, true)),
                draft(alice, direct, Content.edit(1, Payload.text("new"), Map.of(), List.of())));

        assertThat(log().reactions(direct, ALL, 100)).containsExactly(new Reaction(1, bob, HEART, 3));
    }

    @Test
    void reactionsAreNotUnread() {
        ConversationId direct = directWith(1);
        read(direct, bob, 1, SENT_AT);
        react(alice, direct, 1, LIKE, false);

        assertThat(subscription(bob, direct).unread()).isZero();
    }

    @Test
    void unreadMessagesOfOthersThatNameAMemberAreItsMentions() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob, carol);
        mention(alice, group, bob, carol);
        mention(bob, group, bob);
        mention(alice, group, bob);
        send(alice, group);
        append(draft(alice, group, new Content("x-host", "text", Payload.EMPTY, Map.of(), 0, List.of(bob), 0)));
        mention(alice, group, dave, user("nobody"));

        assertThat(mentions(bob, group)).isEqualTo(2);
        assertThat(mentions(carol, group)).isEqualTo(1);
        assertThat(mentions(alice, group)).isZero();
        read(group, bob, 2, SENT_AT);
        assertThat(mentions(bob, group)).isEqualTo(1);
        read(group, bob, 7, SENT_AT);
        assertThat(mentions(bob, group)).isZero();
        add(group, dave);
        assertThat(mentions(dave, group)).isZero();
        mention(bob, group, dave);
        assertThat(mentions(dave, group)).isEqualTo(1);
    }

    @Test
    void mentionsFollowTheEntitlementOfTheMember() {
        ConversationId open = newGroup("g", History.ALL, bob);
        mention(alice, open, carol, bob);
        mention(alice, open, carol, bob);
        add(open, carol);
        assertThat(mentions(carol, open)).isEqualTo(2);

        remove(open, bob);
        mention(alice, open, carol, bob);
        assertThat(mentions(bob, open)).isEqualTo(2);
        assertThat(mentions(carol, open)).isEqualTo(3);
    }

    @Test
    void anEditNamesAnewAndARecallNamesNobody() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        mention(alice, group, bob);
        mention(alice, group, bob, carol);
        append(draft(alice, group, Content.edit(2, Payload.text("new"), Map.of(), List.of(carol, dave))));
        assertThat(mentions(bob, group)).isEqualTo(1);
        assertThat(mentions(carol, group)).isEqualTo(2);

        append(draft(alice, group, Content.edit(2, Payload.text("new"), Map.of(), List.of(carol, bob))));
        assertThat(mentions(bob, group)).isEqualTo(2);
        append(draft(alice, group, Content.recall(2)), draft(alice, group, Content.recall(3)));
        assertThat(mentions(bob, group)).isZero();
        assertThat(mentions(carol, group)).isZero();
    }

    private void mention(UserId sender, ConversationId group, UserId... users) {
        appended(draft(sender, group, Content.text("you").withMentions(List.of(users))));
    }

    private void react(UserId user, ConversationId conversation, long target, String emoji, boolean remove) {
        appended(draft(user, conversation, Reaction.content(target, emoji, remove)));
    }

    private long mentions(UserId user, ConversationId conversation) {
        long mentions = subscription(user, conversation).mentions();
        assertThat(memberships().subscriptions(user, laptop, null, 100))
                .filteredOn(s -> s.conversation().equals(conversation))
                .singleElement()
                .satisfies(s -> assertThat(s.mentions()).isEqualTo(mentions));
        return mentions;
    }
}
