package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H2UrlTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:./data/im, jdbc:h2:retry:./data/im",
        "jdbc:h2:./data/im, jdbc:h2:retry:./data/im",
        "jdbc:h2:~/im, jdbc:h2:retry:~/im",
        "jdbc:h2:/var/im, jdbc:h2:retry:/var/im",
        "jdbc:h2:C:/im, jdbc:h2:retry:C:/im",
        "jdbc:h2:file:C:/im, jdbc:h2:retry:C:/im",
        "jdbc:h2:retry:./im, jdbc:h2:retry:./im",
        "jdbc:h2:mem:im, jdbc:h2:mem:im",
        "jdbc:h2:tcp://host/im, jdbc:h2:tcp://host/im",
        "jdbc:h2:nioMapped:./im, jdbc:h2:nioMapped:./im",
    })
    void aFileIsOpenedSoThatInterruptsDoNotCloseIt(String given, String opened) {
        assertThat(H2Url.of(given).withDefaults()).startsWith(opened + ";");
    }

    @Test
    void whatTheUrlSaysIsLeftAsItIs() {
        String full = H2Url.of("jdbc:h2:./im;retention_time=500;CIPHER=AES").withDefaults();

        assertThat(full)
                .startsWith("jdbc:h2:retry:./im;retention_time=500;CIPHER=AES;WRITE_DELAY=")
                .doesNotContain("RETENTION_TIME");
    }

    @Test
    void settingsAreFoundWhateverTheirCase() {
        H2Url url = H2Url.of("jdbc:h2:./im;User=me");

        assertThat(url.has("USER")).isTrue();
        assertThat(url.has("PASSWORD")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:", "jdbc:h2:mem:;MODE=MySQL"})
    void aNamelessDatabaseInMemoryIsRefusedBecauseEachConnectionWouldHaveItsOwn(String url) {
        assertThatThrownBy(() -> H2Url.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:h2:mem:im");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:", "jdbc:h2:file:", "jdbc:h2:;MODE=MySQL"})
    void aUrlWithoutAPathIsRefused(String url) {
        assertThatThrownBy(() -> H2Url.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names no file");
    }
}
