package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.ConversationId.Kind;
import io.lastack.spi.RetentionRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {
    @Test
    void everythingIsKeptUnlessSaidOtherwise() {
        assertThat(ServerOptions.retention(null, null).keepsEverything()).isTrue();
    }

    @Test
    void daysAndCountHoldForConversationsOfEveryKind() {
        for (Kind kind : Kind.values()) {
            assertThat(ServerOptions.retention(30, null).rule(kind))
                    .isEqualTo(RetentionRule.maxAge(Duration.ofDays(30)));
            assertThat(ServerOptions.retention(null, 500L).rule(kind)).isEqualTo(RetentionRule.newest(500));
            assertThat(ServerOptions.retention(1, 500L).rule(kind))
                    .isEqualTo(RetentionRule.maxAge(Duration.ofDays(1)).andNewest(500));
        }
    }

    @Test
    void whatMeansNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerOptions.retention(0, null))
                .withMessageContaining("--retention-days is 0; 1 to 36500");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerOptions.retention(null, 0L))
                .withMessageContaining("--retention-count is 0; 1 or more");
    }

    @Test
    void aRedisThatIsTheDatabaseIsHeldAgainstItsOptions() {
        new RedisStoreOptions("always", 1).check("redis-sentinel://one,two#name", false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedisStoreOptions("sometimes", null))
                .withMessageContaining("--redis-durability is sometimes; any, appendonly and always");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedisStoreOptions(null, 0))
                .withMessageContaining("--redis-wait-replicas is 0; 1 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStoreOptions.USUAL.check("redis-sentinel://one", false))
                .withMessageContaining("does not say by which name Sentinel knows the primary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStoreOptions.USUAL.check("redis://one", true))
                .withMessageContaining("redis://USER:PASSWORD@HOST:PORT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedisStoreOptions("any", null).check("jdbc:h2:mem:", false))
                .withMessageContaining("go with a --db-url that names a Redis");
    }
}
