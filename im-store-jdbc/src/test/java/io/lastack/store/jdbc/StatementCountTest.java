package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for at every log-in and every receipt takes one statement, whatever the numbers. */
class StatementCountTest {
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final int CONVERSATIONS = 500;

    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
    private Connection keepsItOpen;
    private JdbcStore store;

    @BeforeEach
    void open() throws SQLException {
        JdbcDataSource memory = new JdbcDataSource();
        memory.setURL("jdbc:h2:mem:counted");
        memory.setUser("sa");
        keepsItOpen = memory.getConnection();
        store = JdbcStore.of(TappedDataSource.of(memory, statements::add));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        keepsItOpen.close();
    }

    @Test
    void theSubscriptionsOfAUserInManyConversationsComeWithTheirCountsInOneStatement() {
        List<ConversationId> conversations = conversations();
        store.log().append(drafts(conversations), 1);
        store.log().append(drafts(conversations), 1);
        store.memberships().subscriptions(BOB, PHONE, null, 1);
        statements.clear();

        List<Subscription> page = store.memberships().subscriptions(BOB, PHONE, null, CONVERSATIONS);
        assertThat(statements)
                .filteredOn(sql -> !sql.contains("lastack_device"))
                .hasSize(1);
        assertThat(page)
                .hasSize(CONVERSATIONS)
                .allSatisfy(subscription -> assertThat(subscription.unread()).isEqualTo(2))
                .isSortedAccordingTo((a, b) -> a.conversation().compareTo(b.conversation()));

        statements.clear();
        List<Subscription> again = store.memberships().subscriptions(BOB, PHONE, conversations);
        assertThat(statements)
                .filteredOn(sql -> !sql.contains("lastack_device"))
                .hasSize(1);
        assertThat(again).containsExactlyInAnyOrderElementsOf(page);
    }

    @Test
    void hundredsOfUsersAreCountedInOneStatementAndAUsersConversationsListedInAnother() {
        store.log().append(drafts(conversations()), 1);
        List<UserId> users = IntStream.range(0, CONVERSATIONS)
                .mapToObj(i -> UserId.of("user-" + i))
                .toList();
        statements.clear();

        assertThat(store.memberships().conversationCounts(users))
                .hasSize(CONVERSATIONS)
                .containsValue(1);
        assertThat(store.memberships().conversations(BOB)).hasSize(CONVERSATIONS);
        assertThat(statements).hasSize(2);
    }

    @Test
    void theMembersEntitledToAMessageComeInOneStatement() {
        store.log().append(drafts(conversations()), 1);
        statements.clear();

        assertThat(store.memberships().entitled(conversations().get(0), 1)).hasSize(2);
        assertThat(statements).hasSize(1);
    }

    @Test
    void aListOfDraftsIsWrittenInOneBatchAndEachConversationSetForwardByOneStatement() {
        store.log().append(drafts(conversations()), 1);
        statements.clear();

        store.log().append(drafts(conversations()), 1);
        assertThat(statements)
                .filteredOn(sql -> sql.startsWith("INSERT") || sql.startsWith("UPDATE"))
                .hasSize(1);
        assertThat(statements)
                .filteredOn(sql -> sql.contains("lastack_conversation"))
                .hasSize(CONVERSATIONS);
    }

    @Test
    void aListWithMentionsTakesOneMoreBatchAndAListWithoutTakesNone() {
        store.log().append(drafts(conversations()), 1);
        store.log().append(mentioning(), 1);
        statements.clear();

        store.log().append(mentioning(), 1);
        assertThat(statements).filteredOn(sql -> sql.startsWith("INSERT")).hasSize(2);
        assertThat(statements)
                .filteredOn(sql -> sql.contains("lastack_mention"))
                .hasSize(1);
        statements.clear();
        store.log().append(drafts(conversations()), 1);
        assertThat(statements)
                .noneMatch(sql -> sql.contains("mention") || sql.contains("reaction") || sql.contains("edit"));
    }

    private static List<Draft> mentioning() {
        return conversations().stream()
                .map(Chat::draft)
                .map(draft -> new Draft(
                        draft.conversation(),
                        draft.sender(),
                        draft.clientMessageId(),
                        draft.content().withMentions(List.of(BOB)),
                        null))
                .toList();
    }

    @Test
    void aListOfAcksIsWrittenInOneBatch() {
        store.log().append(drafts(conversations()), 1);
        store.log().append(drafts(conversations()), 1);
        assertThat(store.cursors().advanceAcks(acks(1))).hasSize(CONVERSATIONS);
        statements.clear();

        store.cursors().advanceAcks(acks(2));
        assertThat(statements).filteredOn(sql -> sql.startsWith("UPDATE")).hasSize(1);
        assertThat(statements).noneMatch(sql -> sql.startsWith("SELECT m.first_seq"));
    }

    private static List<AckAdvance> acks(long seq) {
        return conversations().stream()
                .sorted()
                .map(conversation -> new AckAdvance(new CursorKey(conversation, BOB, PHONE), seq))
                .toList();
    }

    private static List<ConversationId> conversations() {
        return IntStream.range(0, CONVERSATIONS)
                .mapToObj(i -> ConversationId.direct(BOB, UserId.of("user-" + i)))
                .toList();
    }

    private static List<Draft> drafts(List<ConversationId> conversations) {
        return conversations.stream().map(Chat::draft).toList();
    }
}
