package io.lastack.store.redis;

import static io.lastack.store.redis.Chat.ALICE;
import static io.lastack.store.redis.Chat.BOB;
import static io.lastack.store.redis.Chat.DIRECT;
import static io.lastack.store.redis.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.Draft;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnceKeysTest {
    @Test
    void messagesWhoseDigestsBeginAlikeAreToldApartAlsoWhenSomeAreDeleted() throws Exception {
        try (RedisProcess process = RedisProcess.start(RedisVersion.REDIS_6);
                RedisStore store =
                        RedisStore.builder(process.url()).digestBytes(1).open()) {
            List<Draft> drafts = IntStream.range(0, 900)
                    .mapToObj(i -> Chat.draft(i % 2 == 0 ? ALICE : BOB, DIRECT))
                    .toList();
            List<AppendOutcome> first = new ArrayList<>();
            List<AppendOutcome> again = new ArrayList<>();
            for (int i = 0; i < drafts.size(); i++) {
                first.add(new Appended(i + 1, SENT_AT));
                again.add(new AlreadyAppended(i + 1, SENT_AT));
            }

            assertThat(store.log().append(drafts, SENT_AT)).isEqualTo(first);
            assertThat(store.log().append(drafts, SENT_AT + 1)).isEqualTo(again);

            store.retention().orElseThrow().trim(DIRECT, 400, Long.MAX_VALUE, 1_000);
            assertThat(store.log().append(drafts.subList(400, 900), SENT_AT + 1))
                    .isEqualTo(again.subList(400, 900));
            assertThat(store.log().append(drafts.subList(0, 400), SENT_AT)).allMatch(Appended.class::isInstance);
            assertThat(store.log().append(drafts.subList(0, 400), SENT_AT)).allMatch(AlreadyAppended.class::isInstance);
        }
    }

    @Test
    void theServerAndTheStoreMakeTheSameDigests() throws Exception {
        try (RedisProcess process = RedisProcess.start(RedisVersion.REDIS_6);
                RedisStore store = RedisStore.open(process.url())) {
            Draft draft = Chat.draft(ALICE, DIRECT);
            store.log().append(List.of(draft), SENT_AT);
            store.retention().orElseThrow().trim(DIRECT, 1, Long.MAX_VALUE, 1);

            assertThat(store.log().append(List.of(draft), SENT_AT)).containsExactly(new Appended(2, SENT_AT));
        }
    }

    @Test
    void digestsOfNoBytesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OnceKeys(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new OnceKeys(21));
    }
}
