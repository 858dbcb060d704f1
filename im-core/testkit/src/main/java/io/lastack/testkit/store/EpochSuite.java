package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.ConversationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Giving the data another identity: for stores that declare it. */
final class EpochSuite extends StoreSuite {
    EpochSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aRenewedEpochIsTold() {
        String fresh = fresh();

        assertThat(epochRenewal().renew(log().epoch(), fresh)).isEqualTo(fresh);
        assertThat(log().epoch()).isEqualTo(fresh);
    }

    @Test
    void whoExpectsAnOlderEpochChangesNothingAndIsToldTheNewOne() {
        String old = log().epoch();
        String fresh = fresh();
        epochRenewal().renew(old, fresh);

        assertThat(epochRenewal().renew(old, fresh())).isEqualTo(fresh);
        assertThat(epochRenewal().renew(old, fresh)).isEqualTo(fresh);
        assertThat(log().epoch()).isEqualTo(fresh);
    }

    @Test
    void ofManyWhoRenewAtOnceOneDoesAndAllAreToldTheSame() throws Exception {
        String old = log().epoch();
        List<String> offered = new ArrayList<>();
        List<Callable<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String fresh = fresh();
            offered.add(fresh);
            tasks.add(() -> epochRenewal().renew(old, fresh));
        }

        assertThat(new HashSet<>(Together.run(tasks)))
                .singleElement()
                .isIn(offered)
                .isEqualTo(log().epoch());
    }

    @Test
    void theDataStaysAsItWas() {
        ConversationId direct = directWith(3);
        ack(direct, bob, phone, 2);

        String fresh = fresh();
        assertThat(epochRenewal().renew(log().epoch(), fresh)).isEqualTo(fresh);

        assertThat(seqs(read(direct))).containsExactly(1L, 2L, 3L);
        assertThat(subscription(bob, direct).lastAck()).isEqualTo(2);
        assertThat(send(alice, direct)).isEqualTo(4);
    }

    @Test
    void anEpochThatIsBlankOrTooLongIsRefused() {
        String before = log().epoch();

        assertThat(before).isNotBlank();
        assertThatIllegalArgumentException().isThrownBy(() -> epochRenewal().renew(before, " "));
        assertThatIllegalArgumentException().isThrownBy(() -> epochRenewal().renew(before, "e".repeat(65)));
        assertThat(log().epoch()).isEqualTo(before);
        String longest = fresh().concat("e".repeat(64)).substring(0, 64);
        assertThat(epochRenewal().renew(before, longest)).isEqualTo(longest);
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }
}
