package io.lastack.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.Content;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Payload;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredCodesTest {
    @Test
    void theCodesAreThoseOfDataThatIsThereAlready() {
        assertThat(IntStream.range(0, 8).mapToObj(StoredCodes::kind))
                .containsExactly(
                        "message", "notification", "membership", "recall", "edit", "reaction", "recalled", "settings");
        assertThat(IntStream.range(0, 7).mapToObj(StoredCodes::type))
                .containsExactly("text", "image", "video", "audio", "file", "location", "custom");
        assertThat(IntStream.range(0, 3).mapToObj(StoredCodes::role))
                .containsExactly(Role.OWNER, Role.ADMIN, Role.MEMBER);
        assertThat(IntStream.range(0, 2).mapToObj(StoredCodes::history))
                .containsExactly(History.FROM_JOIN, History.ALL);
        assertThat(StoredCodes.flags(new ConversationSettings(5, true, false))).isEqualTo(1);
        assertThat(StoredCodes.flags(new ConversationSettings(5, false, true))).isEqualTo(2);
    }

    @Test
    void whatIsKnownComesBackAsItWas() {
        for (Role role : Role.values()) {
            assertThat(StoredCodes.role(StoredCodes.role(role))).isEqualTo(role);
        }
        for (History history : History.values()) {
            assertThat(StoredCodes.history(StoredCodes.history(history))).isEqualTo(history);
        }
        for (int flags = 0; flags < 4; flags++) {
            ConversationSettings settings = StoredCodes.settings(flags, flags);
            assertThat(StoredCodes.flags(settings)).isEqualTo(flags);
            assertThat(settings.mutedUntil()).isEqualTo(flags);
        }
    }

    @Test
    void theKindsThatCountAsUnreadHaveTheLowestCodes() {
        for (int code = 0; code < 8; code++) {
            Content content =
                    new Content(StoredCodes.kind(code), "text", Payload.EMPTY, Map.of(), 0, List.of(), revised(code));
            assertThat(content.countsAsUnread()).isEqualTo(code < StoredCodes.COUNTED_KINDS);
        }
        assertThat(StoredCodes.OTHER).isGreaterThanOrEqualTo(StoredCodes.COUNTED_KINDS);
    }

    private static long revised(int kind) {
        return List.of(Content.RECALL, Content.EDIT, Content.REACTION).contains(StoredCodes.kind(kind)) ? 1 : 0;
    }

    @Test
    void aNameWithoutACodeIsOther() {
        assertThat(StoredCodes.kind("x-poll")).isEqualTo(StoredCodes.OTHER);
        assertThat(StoredCodes.type("x-card")).isEqualTo(StoredCodes.OTHER);
    }

    @Test
    void aCodeThatNobodyGaveIsRefusedWithThoseThatAreKnown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> StoredCodes.kind(8))
                .withMessageContaining("kind code 8 is not known; 0 to 7 are");
        assertThatIllegalStateException().isThrownBy(() -> StoredCodes.type(StoredCodes.OTHER));
        assertThatIllegalStateException().isThrownBy(() -> StoredCodes.role(-1));
        assertThatIllegalStateException().isThrownBy(() -> StoredCodes.history(2));
    }
}
