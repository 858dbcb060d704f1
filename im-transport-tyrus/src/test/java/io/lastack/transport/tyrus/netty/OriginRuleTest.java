package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRuleTest {

    @ParameterizedTest
    @CsvSource({
        "http://chat.example.com, chat.example.com, true",
        "https://chat.example.com, chat.example.com, true",
        "https://Chat.Example.COM:443, chat.example.com, true",
        "http://chat.example.com:8080, chat.example.com:8080, true",
        "http://chat.example.com, chat.example.com:8080, false",
        "http://chat.example.com.evil.example, chat.example.com, false",
        "http://evil.example, chat.example.com, false",
        "http://evil.example, evil.example@chat.example.com, false",
        "null, chat.example.com, false",
        "file://, chat.example.com, false",
        "http://a b, chat.example.com, false",
        "https://friend.example, chat.example.com, true",
        "https://friend.example:443, chat.example.com, true",
        "http://friend.example, chat.example.com, false",
    })
    void pagesOfTheSameHostAndOfTheListPass(String origin, String host, boolean passes) {
        var rule = OriginRule.of(Set.of("https://friend.example"));
        assertThat(rule.permits(Optional.of(origin), host)).isEqualTo(passes);
    }

    @Test
    void whoSendsNoOriginIsNoBrowserAndPasses() {
        assertThat(OriginRule.sameHost().permits(Optional.empty(), "chat.example.com"))
                .isTrue();
    }

    @Test
    void aListThatNamesNobodyStillHasTheSameHost() {
        assertThat(OriginRule.sameHost().permits(Optional.of("http://a.example"), "a.example"))
                .isTrue();
        assertThat(OriginRule.sameHost().permits(Optional.of("http://a.example"), "b.example"))
                .isFalse();
        assertThat(OriginRule.any().permits(Optional.of("null"), "b.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat.example.com", "*", "https://chat.example.com/", "ftp://x", "https://u@x", "https://"})
    void whatIsNoOriginIsRefusedByName(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OriginRule.of(Set.of(origin)))
                .withMessageContaining("\"" + origin + "\"");
    }
}
