package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said to very many does not keep the others waiting. */
class CrowdTest {
    private static final int MEMBERS = 300;
    private static final ConversationId TOWN = ConversationId.group("town");
    private static final ConversationId DIRECT = ConversationId.direct(UserId.of("ann"), UserId.of("bob"));

    private final Scene scene = new Scene();
    private final List<RawClient> crowd = new ArrayList<>();

    @Test
    void whoWritesAfterAMessageToACrowdIsHeardBeforeTheCrowdIs() {
        RawClient owner = scene.join("owner");
        List<UserId> members =
                IntStream.range(0, MEMBERS).mapToObj(i -> UserId.of("u" + i)).toList();
        scene.engine.groups().create(TOWN, UserId.of("owner"), "Town", History.FROM_JOIN, members);
        scene.run();
        members.forEach(member -> crowd.add(scene.join(member.value())));
        RawClient ann = scene.join("ann");
        RawClient bob = scene.join("bob");
        ann.send("user:bob", "first", "they know each other");
        scene.run();

        owner.send(TOWN.value(), "m", "to all");
        ann.send("user:bob", "n", "to one");
        while (bob.seqs(DIRECT.value()).size() < 2) {
            assertThat(scene.runtime.runNext()).isTrue();
        }
        assertThat(heard()).isZero();
        scene.run();
        assertThat(heard()).isEqualTo(MEMBERS);
        long last = scene.engine.messages().lastSeq(TOWN);
        assertThat(crowd)
                .allSatisfy(member -> assertThat(member.seqs(TOWN.value()))
                        .doesNotHaveDuplicates()
                        .endsWith(last));
    }

    private long heard() {
        long last = scene.engine.messages().lastSeq(TOWN);
        return crowd.stream()
                .filter(member -> member.seqs(TOWN.value()).contains(last))
                .count();
    }
}
