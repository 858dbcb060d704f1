package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** How conversations come to be, and how groups end. */
abstract class ExistenceSuite extends StoreSuite {
    ExistenceSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aDirectConversationComesToBeByItsFirstAppendWithItsTwoMembers() {
        ConversationId direct = ConversationId.direct(bob, alice);
        assertUnknown(direct);
        send(bob, direct);

        assertThat(memberships().find(direct)).contains(new ConversationInfo(direct, "", History.ALL, 1, 2, false));
        assertThat(memberships().members(direct, null, 10))
                .containsExactly(new Member(alice, Role.MEMBER, 1), new Member(bob, Role.MEMBER, 1));
        assertThat(entitled(direct, 1)).containsExactlyInAnyOrder(alice, bob);
    }

    @Test
    void anInboxComesToBeByItsFirstAppendWithItsOwnerAsOnlyMember() {
        ConversationId inbox = ConversationId.inbox(alice);
        assertUnknown(inbox);
        send(bob, inbox);

        assertThat(memberships().find(inbox)).contains(new ConversationInfo(inbox, "", History.ALL, 1, 1, false));
        assertThat(memberships().members(inbox, null, 10)).containsExactly(new Member(alice, Role.MEMBER, 1));
        assertThat(memberships().subscriptions(bob, phone, List.of(inbox))).isEmpty();
    }

    @Test
    void aGroupThatWasNotCreatedTakesNothing() {
        ConversationId group = group("none");

        assertRefused(append(text(alice, group)).get(0), Reason.NOT_FOUND);
        assertRefused(append(change(alice, group, new Change.Rename("x"))).get(0), Reason.NOT_FOUND);
        assertRefused(append(change(alice, group, new Change.Dissolve())).get(0), Reason.NOT_FOUND);
        assertUnknown(group);
    }

    @Test
    void aRefusedDraftMayBeAppendedLaterUnderTheSameId() {
        Draft early = text(alice, group("g"));
        assertRefused(append(early).get(0), Reason.NOT_FOUND);
        newGroup("g", History.ALL);

        assertThat(append(early)).containsExactly(new Appended(2, SENT_AT));
    }

    @Test
    void oneListMayCreateAGroupAndWriteToIt() {
        ConversationId group = group("g");
        Draft create = change(alice, group, new Change.CreateGroup("g", History.ALL, List.of(bob)));

        List<AppendOutcome> outcomes = append(text(alice, group), create, text(bob, group));

        assertRefused(outcomes.get(0), Reason.NOT_FOUND);
        assertThat(outcomes.subList(1, 3)).containsExactly(new Appended(1, SENT_AT), new Appended(2, SENT_AT));
    }

    @Test
    void aRefusedDraftTakesNoSeqAndDoesNotHinderTheOthers() {
        ConversationId direct = directWith(1);
        ConversationId group = newGroup("g", History.ALL);
        Draft again = change(alice, group, new Change.CreateGroup("again", History.ALL, List.of(carol)));

        List<AppendOutcome> outcomes =
                append(text(alice, direct), text(bob, group("none")), again, text(bob, direct), text(alice, group));

        assertRefused(outcomes.get(1), Reason.NOT_FOUND);
        assertRefused(outcomes.get(2), Reason.CONFLICT);
        assertThat(outcomes)
                .contains(new Appended(2, SENT_AT), atIndex(0))
                .contains(new Appended(3, SENT_AT), atIndex(3))
                .contains(new Appended(2, SENT_AT), atIndex(4));
    }

    @Test
    void aGroupIsCreatedOnce() {
        ConversationId group = newGroup("first", History.FROM_JOIN, bob);
        Draft second = change(carol, group, new Change.CreateGroup("second", History.ALL, List.of(dave)));

        assertRefused(append(second).get(0), Reason.CONFLICT);
        assertThat(memberships().find(group))
                .contains(new ConversationInfo(group, "first", History.FROM_JOIN, 1, 2, false));
        assertThat(memberships().members(group, null, 10))
                .extracting(Member::user)
                .containsExactly(alice, bob);
    }

    @Test
    void whoRepeatsTheCreationOfAGroupGetsItsFirstAnswer() {
        Draft create = change(alice, group("g"), new Change.CreateGroup("g", History.ALL, List.of()));
        appended(create);

        assertThat(append(create)).containsExactly(new AlreadyAppended(1, SENT_AT));
    }

    @Test
    void aDissolvedGroupTakesNothingForEver() {
        ConversationId group = newGroup("g", History.ALL, bob);
        dissolve(group);

        assertRefused(append(text(alice, group)).get(0), Reason.CONFLICT);
        assertRefused(
                append(change(alice, group, new Change.AddMembers(List.of(carol), Role.MEMBER)))
                        .get(0),
                Reason.CONFLICT);
        assertRefused(
                append(change(alice, group, new Change.CreateGroup("g", History.ALL, List.of())))
                        .get(0),
                Reason.CONFLICT);
        assertThat(memberships().find(group)).contains(new ConversationInfo(group, "g", History.ALL, 2, 0, true));
        assertThat(read(group)).hasSize(2);
    }

    @Test
    void whoRepeatsWhatADissolvedGroupTookGetsTheFirstAnswer() {
        ConversationId group = newGroup("g", History.ALL, bob);
        Draft message = text(bob, group);
        Draft dissolve = change(alice, group, new Change.Dissolve());
        assertThat(append(message, dissolve, text(bob, group)))
                .startsWith(new Appended(2, SENT_AT), new Appended(3, SENT_AT))
                .last()
                .isInstanceOf(Refused.class);

        assertThat(append(dissolve, message))
                .containsExactly(new AlreadyAppended(3, SENT_AT), new AlreadyAppended(2, SENT_AT));
    }

    private static void assertRefused(AppendOutcome outcome, Reason reason) {
        assertThat(outcome)
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.message()).isNotBlank())
                .extracting(Refused::reason)
                .isEqualTo(reason);
    }

    private void assertUnknown(ConversationId conversation) {
        assertThat(memberships().find(conversation)).isEmpty();
        assertThat(memberships().members(conversation, null, 10)).isEmpty();
        assertThat(memberships().members(conversation, List.of(alice, bob))).isEmpty();
        assertThat(memberships().entitled(conversation, 1)).isEmpty();
        assertThat(memberships().subscriptions(alice, phone, List.of(conversation)))
                .isEmpty();
        assertThat(log().heads(List.of(conversation))).isEmpty();
        assertThat(read(conversation)).isEmpty();
    }
}
