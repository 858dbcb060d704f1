package io.lastack.internal.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StripedMapTest {
    @Test
    void aKeyLiesInOnePartAndAlwaysInTheSame() {
        StripedMap<String, Integer> map = new StripedMap<>();
        map.of("a").put("a", 1);
        map.of("a").merge("a", 2, Integer::sum);
        map.of("b").put("b", 5);

        assertThat(map.of("a")).containsEntry("a", 3);
        assertThat(map.size()).isEqualTo(2);
        assertThat(IntStream.range(0, StripedMap.STRIPES)
                        .filter(part -> map.stripe(part).containsKey("a")))
                .hasSize(1);
    }

    @Test
    void everyPartIsSeenOnce() {
        StripedMap<Integer, Integer> map = new StripedMap<>();
        IntStream.range(0, 1_000).forEach(i -> map.of(i).put(i, i));
        int[] seen = new int[1];
        map.forEachStripe(part -> seen[0] += part.size());
        assertThat(seen[0]).isEqualTo(1_000);
    }

    @Test
    void namesThatDifferInANumberAreSpreadEvenly() {
        StripedMap<UserId, Integer> users = new StripedMap<>();
        StripedMap<ConversationId, Integer> inboxes = new StripedMap<>();
        for (int i = 0; i < 1_600; i++) {
            UserId user = UserId.of("never_reads-" + i);
            users.of(user).put(user, i);
            ConversationId inbox = ConversationId.inbox(user);
            inboxes.of(inbox).put(inbox, i);
        }
        for (int part = 0; part < StripedMap.STRIPES; part++) {
            assertThat(Map.of(
                            "users",
                            users.stripe(part).size(),
                            "inboxes",
                            inboxes.stripe(part).size()))
                    .allSatisfy((what, size) -> assertThat(size).as(what).isBetween(50, 200));
        }
    }
}
