package io.lastack.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DraftTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final Change RENAME = new Change.Rename("new");

    @Test
    void aGroupMayBeChanged() {
        assertThat(draft(ConversationId.group("g"), RENAME).change()).isEqualTo(RENAME);
    }

    @Test
    void nothingButAGroupMayBeChanged() {
        for (ConversationId other :
                List.of(ConversationId.direct(ALICE, UserId.of("bob")), ConversationId.inbox(ALICE))) {
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> draft(other, RENAME))
                    .withMessage("a change is not allowed in " + other + ", only in a group")
                    .extracting(InvalidRequestException::reason)
                    .isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void aChangeComesWithAnEntryOfItsOwnKind() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new Draft(
                        ConversationId.group("g"), ALICE, ClientMessageId.of("id"), Content.text("t"), RENAME))
                .withMessage("a change is not allowed in an entry of kind message, only in one of kind membership");
    }

    private static Draft draft(ConversationId conversation, Change change) {
        Content entry = new Content(Content.MEMBERSHIP, "text", Payload.EMPTY, Map.of(), 0, List.of(), 0);
        return new Draft(conversation, ALICE, ClientMessageId.of("id"), entry, change);
    }
}
