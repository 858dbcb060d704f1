package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lastack.ImEngine;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import io.lastack.transport.tyrus.netty.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed while the server runs. */
class TlsReloadTest {

    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private static Path made;

    private static TestKeys older;
    private static TestKeys newer;

    @TempDir
    private Path folder;

    private final ImEngine engine = ImEngine.builder(MemoryStore.create())
            .authenticator(credentials -> new AuthOutcome.Rejected("nobody logs in here"))
            .build();

    @BeforeAll
    static void makeKeys() throws Exception {
        older = TestKeys.create(Files.createDirectory(made.resolve("older")));
        newer = TestKeys.create(Files.createDirectory(made.resolve("newer")));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aRenewedCertificateIsUsedAfterTheCallToReloadAndAnUnusableOneIsNot() throws Exception {
        try (var server = serve(NEVER)) {
            assertThat(answerTo(older, server)).isEqualTo(200);
            newer.certificateIn(folder);
            assertThat(server.reloadTls())
                    .as("certificate renewed, key not yet")
                    .isFalse();
            assertThat(answerTo(older, server)).isEqualTo(200);
            Files.writeString(folder.resolve("key.pem"), "no key at all");
            assertThat(server.reloadTls()).isFalse();
            assertThat(answerTo(older, server)).isEqualTo(200);
            newer.keyIn(folder);
            assertThat(server.reloadTls()).isTrue();
            assertThat(answerTo(newer, server)).isEqualTo(200);
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> answerTo(older, server));
        }
    }

    @Test
    void filesThatChangeAreNoticed() throws Exception {
        try (var server = serve(Duration.ofMillis(20))) {
            assertThat(answerTo(older, server)).isEqualTo(200);
            newer.certificateIn(folder);
            newer.keyIn(folder);
            EndpointContract.await(() -> isAccepted(newer, server));
        }
    }

    @Test
    void aKeyStoreIsReadAgainLikewise() throws Exception {
        var file = Files.copy(older.keyStore(), folder.resolve("store.p12"));
        try (var server = TyrusServer.builder(engine)
                .host("localhost")
                .port(0)
                .tls(file, TestKeys.password())
                .start()) {
            assertThat(isAccepted(older, server)).isTrue();
            Files.write(file, Files.readAllBytes(newer.keyStore()));
            assertThat(server.reloadTls()).isTrue();
            assertThat(isAccepted(older, server)).isFalse();
            assertThat(isAccepted(newer, server)).isTrue();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TyrusServer.builder(engine).tls(file, "wrong".toCharArray()))
                .withMessageContaining("store.p12");
    }

    @Test
    void aPairThatDoesNotBelongTogetherIsRefusedAtTheStart() throws Exception {
        var certificates = older.certificateIn(folder);
        var key = newer.keyIn(folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TyrusServer.builder(engine).tls(certificates, key))
                .withMessageContaining("key.pem")
                .withMessageContaining("not that of the certificate");
    }

    @Test
    void aServerWithoutTlsHasNothingToReload() {
        try (var server = TyrusServer.builder(engine).host("localhost").port(0).start()) {
            assertThatIllegalStateException().isThrownBy(server::reloadTls);
        }
    }

    private TyrusServer serve(Duration checkInterval) throws Exception {
        return TyrusServer.builder(engine)
                .host("localhost")
                .port(0)
                .tls(older.certificateIn(folder), older.keyIn(folder))
                .tlsCheckInterval(checkInterval)
                .routes(HttpRoutes.builder()
                        .get("/", call -> HttpReply.text(200, "ok"))
                        .build())
                .start();
    }

    private static boolean isAccepted(TestKeys trusted, TyrusServer server) {
        try {
            return answerTo(trusted, server) > 0;
        } catch (SSLHandshakeException e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int answerTo(TestKeys trusted, TyrusServer server) throws Exception {
        var client = HttpClient.newBuilder().sslContext(trusted.clientContext()).build();
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            if (e.getCause() instanceof SSLHandshakeException handshake) {
                throw handshake;
            }
            throw e;
        }
    }
}
