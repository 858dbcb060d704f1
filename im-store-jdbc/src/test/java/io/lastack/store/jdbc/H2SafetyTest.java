package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lastack.error.StoreException;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.nio.file.Path;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Isolated("it hears what all stores log")
class H2SafetyTest {
    @TempDir
    Path directory;

    private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcStore.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.252", "2.3.232", "2.2.224", "2.4.241", "1.4.200"})
    void aVersionThatLosesMessagesOrWasNotTriedIsRefused(String version) {
        assertThatThrownBy(() -> H2Safety.requireProven("/data/im", version, false))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessageContainingAll("H2 " + version, "2.4.240", "acceptUnsafeDatabase()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.240"})
    void aVersionThatWasShownToKeepMessagesIsTaken(String version) {
        assertThatCode(() -> H2Safety.requireProven("retry:/data/im", version, false))
                .doesNotThrowAnyException();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void whoInsistsIsWarnedLoudly() {
        H2Safety.requireProven("retry:/data/im", "2.5.252", true);

        assertThat(warnings()).singleElement().asString().contains("CONFIRMED MESSAGES CAN BE LOST", "2.5.252");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nioMapped:/data/im", "async:/data/im", "memFS:im", "nioMemFS:im", "retry:async:/data/im"})
    void aFileSystemThatWasNotTriedIsRefused(String path) {
        assertThatThrownBy(() -> H2Safety.requireProven(path, "2.4.240", false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("file system");
    }

    @Test
    void aFileOpenedWithAFileSystemThatWasNotTriedIsRefused() {
        String url = "jdbc:h2:nioMapped:" + directory.resolve("im");
        assertThatThrownBy(() -> JdbcStore.open(url))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nioMapped:");

        JdbcStore.builder(url).acceptUnsafeDatabase().open().close();
        assertThat(warnings()).anyMatch(warning -> warning.contains("CONFIRMED MESSAGES CAN BE LOST"));
    }

    @Test
    void aHostWhoseDatabaseDiesOfAnInterruptIsTold() {
        JdbcStore.of(source("jdbc:h2:file:" + directory.resolve("im"))).close();

        assertThat(warnings()).singleElement().asString().contains("interrupt", "retry:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODE=Oracle", "COLLATION=ENGLISH STRENGTH PRIMARY"})
    void aDatabaseThatTakesDifferentNamesForTheSameIsRefused(String setting) {
        assertThatThrownBy(() -> JdbcStore.of(source("jdbc:h2:mem:names;" + setting)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("one another's names");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MODE=PostgreSQL", "MODE=MySQL", "MODE=MariaDB", "IGNORECASE=TRUE", "DATABASE_TO_UPPER=FALSE"})
    void settingsUnderWhichTheStoreTellsNamesApartAreTaken(String setting) throws Exception {
        JdbcDataSource source = source("jdbc:h2:mem:mode;" + setting);
        try (var keepsItOpen = source.getConnection();
                JdbcStore store = JdbcStore.of(source)) {
            assertThat(keepsItOpen.isValid(0)).isTrue();
            assertThat(Chat.send(store, Chat.DIRECT)).isEqualTo(1);
            assertThat(Chat.send(store, ConversationId.direct(Chat.ALICE, UserId.of("BOB"))))
                    .isEqualTo(1);
            assertThat(Chat.read(store, Chat.DIRECT)).hasSize(1);
        }
    }

    private static JdbcDataSource source(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        return source;
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
