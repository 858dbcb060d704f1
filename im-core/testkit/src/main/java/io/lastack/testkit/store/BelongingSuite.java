package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** How many conversations users belong to, and which: what tells a node that it misses one. */
abstract class BelongingSuite extends StoreSuite {
    BelongingSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void everyConversationThatAUserBelongsToCounts() {
        ConversationId direct = directWith(1);
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox);
        ConversationId made = newGroup("made", History.ALL, bob);
        ConversationId joined = newGroup("joined", History.FROM_JOIN, carol);
        add(joined, bob);

        assertThat(count(alice, bob, carol)).isEqualTo(Map.of(alice, 4, bob, 3, carol, 1));
        assertThat(memberships().conversations(alice)).containsExactlyInAnyOrder(direct, inbox, made, joined);
        assertThat(memberships().conversations(bob)).containsExactlyInAnyOrder(direct, made, joined);
    }

    @Test
    void whatAUserLeftCountsStillAndComingBackDoesNotCountTwice() {
        ConversationId group = newGroup("g", History.ALL, bob);
        ConversationId dissolved = newGroup("dissolved", History.ALL, bob);
        remove(group, bob);
        dissolve(dissolved);
        assertThat(count(bob)).isEqualTo(Map.of(bob, 2));

        add(group, bob);
        assertThat(count(bob)).isEqualTo(Map.of(bob, 2));
        assertThat(memberships().conversations(bob)).containsExactlyInAnyOrder(group, dissolved);
    }

    @Test
    void whoNeverBelongedAnywhereIsLeftOut() {
        ConversationId group = newGroup("g", History.ALL);
        // Carol's name is known, and Dave's is not.
        send(carol, group);

        assertThat(count(carol, dave)).isEmpty();
        assertThat(memberships().conversations(carol)).isEmpty();
        assertThat(memberships().conversations(dave)).isEmpty();
        assertThat(memberships().conversationCounts(List.of())).isEmpty();
        assertThat(count(alice, alice, dave)).isEqualTo(Map.of(alice, 1));
    }

    @Test
    void whatIsRefusedOrRepeatedCountsNothing() {
        ConversationId group = newGroup("g", History.ALL);
        Draft first = text(alice, ConversationId.direct(alice, bob));
        append(first, first);
        append(first);
        dissolve(group);
        append(change(alice, group, new Change.AddMembers(List.of(bob), Role.MEMBER)));

        assertThat(count(alice, bob)).isEqualTo(Map.of(alice, 2, bob, 1));
    }

    @Test
    void hundredsOfUsersAreCountedAtOnce() {
        List<UserId> users = users(700);
        ConversationId group = newGroup("g", History.ALL, users.subList(0, 400).toArray(UserId[]::new));
        add(group, users.subList(400, 700).toArray(UserId[]::new));
        log().append(
                        users.subList(0, 350).stream()
                                .map(user -> text(user, ConversationId.inbox(user)))
                                .toList(),
                        SENT_AT);
        Map<UserId, Integer> expected = new HashMap<>();
        users.forEach(user -> expected.put(user, expected.size() < 350 ? 2 : 1));

        assertThat(memberships().conversationCounts(users)).isEqualTo(expected);
    }

    @Test
    void conversationsThatBeginAtOnceAllCount() throws Exception {
        List<UserId> users = users(24);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            List<UserId> some = users.subList(thread * 6, thread * 6 + 6);
            tasks.add(() -> some.stream()
                    .mapToLong(user -> send(user, ConversationId.direct(alice, user)))
                    .sum());
        }
        assertThat(Together.run(tasks)).containsOnly(6L);

        assertThat(count(alice)).isEqualTo(Map.of(alice, 24));
        assertThat(memberships().conversations(alice)).hasSize(24);
    }

    private Map<UserId, Integer> count(UserId... users) {
        return memberships().conversationCounts(List.of(users));
    }
}
