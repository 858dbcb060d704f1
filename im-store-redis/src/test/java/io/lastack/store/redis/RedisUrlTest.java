package io.lastack.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.store.redis.RedisUrl.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisUrlTest {
    @Test
    void oneServerIsNamedByItsHost() {
        RedisUrl url = RedisUrl.parse("redis://cache");
        assertThat(url.kind()).isEqualTo(Kind.SINGLE);
        assertThat(url.addresses()).containsExactly(new HostAndPort("cache", 6379));
        assertThat(RedisUrl.parse("rediss://u:p@[::1]:6400/3").server()).hasToString("rediss://u:p@[::1]:6400/3");
    }

    @Test
    void sentinelIsNamedByItsAddressesAndThePrimary() {
        RedisUrl url = RedisUrl.parse("redis-sentinel://u:p@s1,s2:5000/2#orders");
        assertThat(url.kind()).isEqualTo(Kind.SENTINEL);
        assertThat(url.addresses()).containsExactly(new HostAndPort("s1", 26379), new HostAndPort("s2", 5000));
        assertThat(url.primary()).isEqualTo("orders");
        assertThat(url.server()).hasToString("redis://u:p@s1:26379/2");
    }

    @Test
    void aClusterIsNamedBySomeOfItsNodes() {
        RedisUrl url = RedisUrl.parse("rediss-cluster://n_1:7000,10.0.0.2:7001");
        assertThat(url.kind()).isEqualTo(Kind.CLUSTER);
        assertThat(url.addresses()).containsExactly(new HostAndPort("n_1", 7000), new HostAndPort("10.0.0.2", 7001));
        assertThat(url.server().getScheme()).isEqualTo("rediss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:secret@host",
                "redis://u:secret@",
                "redis://u:secret@host:0",
                "redis://u:secret@host:65536",
                "redis://u:secret@host:port",
                "redis://u:secret@one,two",
                "redis://u:secret@host/one",
                "redis://u:secret@host/0?a=b",
                "redis://u:secret@host#name",
                "redis-sentinel://u:secret@host",
                "redis-cluster://u:secret@host/1",
                "redis-cluster://u:secret@host,",
                "redis:u:secret",
                "redis://u:secret@ho st",
            })
    void whatIsNoUrlIsRefusedWithoutRepeatingThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisUrl.parse(url))
                .withMessageContaining("the URL of Redis")
                .withMessageContaining("redis-sentinel://host:26379,host:26379#primary")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void itsTextHasNoPassword() {
        assertThat(RedisUrl.parse("redis://u:secret@host")).hasToString("SINGLE [host:6379]");
    }
}
