package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What users set for themselves, each in its own inbox: how conversations are shown, and whom they block. */
abstract class OwnSettingsSuite extends StoreSuite {
    private static final ConversationSettings PINNED = new ConversationSettings(0, true, false);
    private static final ConversationSettings AWAY = new ConversationSettings(Change.FOR_GOOD, false, true);

    OwnSettingsSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void settingsAreTheUsersOwnAndOfOneConversation() {
        ConversationId group = newGroup("g", History.ALL, bob);
        ConversationId other = newGroup("h", History.ALL, bob);
        set(bob, group, PINNED);
        set(bob, group, AWAY);

        assertThat(subscription(bob, phone, group).settings()).isEqualTo(AWAY);
        assertThat(subscription(bob, laptop, group).settings()).isEqualTo(AWAY);
        assertThat(subscription(alice, group).settings()).isEqualTo(ConversationSettings.NONE);
        assertThat(subscription(bob, other).settings()).isEqualTo(ConversationSettings.NONE);
        assertThat(memberships().subscriptions(bob, phone, null, 10))
                .filteredOn(s -> s.conversation().equals(group))
                .allMatch(s -> s.settings().equals(AWAY))
                .hasSize(1);
    }

    @Test
    void settingsAreTakenBackByWhatWasThereBefore() {
        ConversationId direct = directWith(1);
        set(bob, direct, AWAY);
        set(bob, direct, ConversationSettings.NONE);
        assertThat(subscription(bob, direct).settings()).isEqualTo(ConversationSettings.NONE);
    }

    @Test
    void settingsMayComeBeforeTheirConversationAndOutliveTheMembership() {
        ConversationId group = group("later");
        set(bob, group, PINNED);
        assertThat(memberships().find(group)).isEmpty();
        assertThat(memberships().conversations(bob)).containsExactly(ConversationId.inbox(bob));

        newGroup(group, "g", History.ALL, bob);
        assertThat(subscription(bob, group).settings()).isEqualTo(PINNED);
        remove(group, bob);
        assertThat(subscription(bob, group).settings()).isEqualTo(PINNED);
    }

    @Test
    void anEntryOfSettingsBeginsTheInboxAndIsNotUnread() {
        ConversationId inbox = ConversationId.inbox(bob);
        assertThat(set(bob, inbox, PINNED)).isEqualTo(1);

        assertThat(subscription(bob, inbox).settings()).isEqualTo(PINNED);
        assertThat(subscription(bob, inbox).unread()).isZero();
        assertThat(memberships().members(inbox, null, 10)).hasSize(1);
        assertThat(read(inbox))
                .extracting(Message::content)
                .extracting(Content::kind)
                .containsExactly(Content.SETTINGS);
    }

    @Test
    void aRepeatOfAnOldSettingChangesNothing() {
        ConversationId direct = directWith(1);
        Draft first = own(bob, new Change.SetConversation(direct, AWAY));
        appended(first);
        set(bob, direct, PINNED);
        append(first);
        assertThat(subscription(bob, direct).settings()).isEqualTo(PINNED);
    }

    @Test
    void whomAUserBlocksIsListedInAscendingOrder() {
        List<UserId> others = users(7);
        others.forEach(other -> block(alice, other, true));
        block(alice, others.get(0), true);
        block(alice, others.get(3), false);
        block(alice, bob, false);

        assertThat(memberships().blocked(alice, null, 3)).isEqualTo(others.subList(0, 3));
        assertThat(memberships().blocked(alice, others.get(2), 10)).isEqualTo(others.subList(4, 7));
        assertThat(memberships().blocked(alice, others.get(6), 10)).isEmpty();
        assertThat(memberships().blocked(others.get(0), null, 10)).isEmpty();
    }

    @Test
    void whoBlocksAUserIsFoundAmongMany() {
        block(alice, carol, true);
        block(bob, carol, true);
        block(carol, dave, true);
        block(bob, carol, false);

        assertThat(memberships().blocking(List.of(alice, bob, dave, user("unknown")), carol))
                .isEqualTo(Set.of(alice));
        assertThat(memberships().blocking(List.of(carol), alice)).isEmpty();
        assertThat(memberships().blocking(List.of(), carol)).isEmpty();
        assertThat(memberships().blocking(List.of(alice), user("unknown"))).isEmpty();
    }

    private long set(UserId user, ConversationId of, ConversationSettings settings) {
        return appended(own(user, new Change.SetConversation(of, settings)));
    }

    private void block(UserId by, UserId user, boolean blocked) {
        appended(own(by, new Change.Block(user, blocked)));
    }

    private Draft own(UserId user, Change change) {
        ConversationId inbox = ConversationId.inbox(user);
        Content entry = new Content(Content.SETTINGS, "custom", Payload.EMPTY, Map.of(), 0, List.of(), 0);
        Draft named = draft(user, inbox, entry);
        return new Draft(inbox, user, named.clientMessageId(), entry, change);
    }
}
