package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.error.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host reads when the database cannot be opened. */
class OpeningTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "im", "jdbc:oracle:thin:@db", "h2:./im", "JDBC:H2:./im"})
    void aUrlOfNoKnownDatabaseIsTheCallersFault(String url) {
        assertThatThrownBy(() -> JdbcStore.open(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:h2:file:./data/im");
    }

    @Test
    void passwordsInAUrlAreNotRepeated() {
        assertThatThrownBy(() -> JdbcStore.open("jdbc:other://me:secret1@host/im?password=secret2;pwd=secret3"))
                .hasMessageContaining("jdbc:other://host/im")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aRelativePathThatH2DoesNotTakeIsExplained() {
        assertThatThrownBy(() -> JdbcStore.open("jdbc:h2:data/im"))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("cannot open jdbc:h2:data/im", "must be absolute, or begin with ./");
    }

    @Test
    void aSettingThatH2DoesNotKnowIsExplained() {
        assertThatThrownBy(() -> JdbcStore.open(url() + ";NO_SUCH=1"))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("not one that H2 understands", "NO_SUCH");
    }

    @Test
    void aFileInTheWayOfTheDirectoryIsExplained() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> JdbcStore.open("jdbc:h2:file:" + file.resolve("im")))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("cannot be read or written", "permissions");
    }

    @Test
    void aFileThatIsNoDatabaseIsExplained() throws IOException {
        Files.writeString(directory.resolve("im.mv.db"), "not a database ".repeat(1000));

        assertThatThrownBy(() -> JdbcStore.open(url()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged, or of another version");
    }

    @Test
    void aWrongPasswordIsExplained() {
        JdbcStore.open(url(), "me", "right").close();

        assertThatThrownBy(() -> JdbcStore.open(url(), "me", "wrong"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("wrong user name or password")
                .hasMessageNotContaining("right");
    }

    @Test
    void aFileThatAnotherProcessHasOpenIsExplained() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.resolve("im").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("open");

            assertThatThrownBy(() -> JdbcStore.open(url()))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.retryable()).isTrue())
                    .hasMessageContaining("another process");
        } finally {
            other.destroyForcibly().waitFor();
        }
        JdbcStore.open(url()).close();
    }

    @Test
    void aUserWithoutTheRightToReachTheDiskIsExplained() throws Exception {
        JdbcStore.open(url()).close();
        try (Connection admin = DriverManager.getConnection(url(), "sa", "");
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE USER app PASSWORD 'app'");
            statement.execute("GRANT ALL ON SCHEMA PUBLIC TO app");
        }

        assertThatThrownBy(() -> JdbcStore.builder(url())
                        .credentials("app", "app")
                        .migrate(false)
                        .open())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("admin rights", "CHECKPOINT SYNC");
    }

    @Test
    void aDataSourceOfAnotherDatabaseIsTheCallersFault() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:other");
        assertThatThrownBy(() -> JdbcStore.of(TappedDataSource.called("Oracle", h2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leads to Oracle");
    }

    @Test
    void aDataSourceThatGivesNoConnectionIsExplained() {
        JdbcDataSource nowhere = new JdbcDataSource();
        nowhere.setURL("jdbc:h2:tcp://localhost:1/im");

        assertThatThrownBy(() -> JdbcStore.of(nowhere))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("cannot open the host's data source");
    }

    @Test
    void poolOptionsAreRefusedWhereThePoolIsTheHosts() {
        assertThatThrownBy(() -> JdbcStore.builder(new JdbcDataSource()).poolSize(5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("poolSize");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 1001})
    void aPoolSizeOutOfBoundsIsRefused(int size) {
        assertThatThrownBy(() -> JdbcStore.builder(url()).poolSize(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("poolSize " + size, "3 to 1000");
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("im");
    }

    /** A process that has the database open. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + args[0], "sa", "")) {
                System.out.println("open");
                System.in.read();
                connection.isValid(0);
            }
        }
    }
}
