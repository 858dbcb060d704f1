package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.lastack.examples.server.EdgeOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How clients come to the standalone server. */
class EdgeTest {
    @TempDir
    Path directory;

    @Test
    void theServerSpeaksTlsWithTheFilesThatItIsGiven() throws Exception {
        KeyStore keys = keys();
        Path chain = pem("chain.pem", "CERTIFICATE", keys.getCertificate("test").getEncoded());
        Path key = pem(
                "key.pem",
                "PRIVATE KEY",
                keys.getKey("test", "password".toCharArray()).getEncoded());
        try (ApiServer server =
                ApiServer.start(directory, ApiServer.on(), new EdgeOptions(chain, key, List.of()), false)) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(keys)).build();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + server.server.port() + "/api/v1/presence"))
                            .header("Authorization", "Bearer " + ApiServer.TOKEN)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }

    @Test
    void aListedProxyTellsWhoTheClientIsAndNobodyElseDoes() throws Exception {
        for (List<String> proxies : List.of(List.of("127.0.0.1", "::1"), List.<String>of())) {
            EdgeOptions edge = new EdgeOptions(null, null, proxies);
            try (ApiServer server =
                    ApiServer.start(directory.resolve("p" + proxies.size()), ApiServer.on(), edge, false)) {
                hello(server, "X-Forwarded-For", "203.0.113.9");
                String address = server.client()
                        .get("/users/ann/sessions")
                        .json()
                        .path("sessions")
                        .path(0)
                        .path("address")
                        .asText();
                assertThat(address.contains("203.0.113.9")).as(address).isEqualTo(!proxies.isEmpty());
            }
        }
    }

    @Test
    void theDataGetsAnotherIdentityWhenItIsSaidThatABackupWasRestored() throws Exception {
        String first = epoch(false);
        assertThat(epoch(false)).isEqualTo(first);
        assertThat(epoch(true)).isNotEqualTo(first);
    }

    private String epoch(boolean renewed) throws Exception {
        try (ApiServer server = ApiServer.start(directory, ApiServer.on(), EdgeOptions.plain(), renewed)) {
            String epoch = hello(server, "X-Nothing", "x").findPath("epoch").asText();
            assertThat(epoch).isNotEmpty();
            return epoch;
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EdgeOptions(Path.of("chain.pem"), null, List.of()))
                .withMessageContaining("--tls-chain and --tls-key go together");
    }

    /** Says hello over a WebSocket. @return the first packet that comes */
    private static JsonNode hello(ApiServer server, String header, String value) throws Exception {
        CompletableFuture<String> packet = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("lastack.v1.json")
                .header(header, value)
                .buildAsync(URI.create("ws://localhost:" + server.server.port() + "/im"), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            packet.complete(text.toString());
                        }
                        from.request(1);
                        return null;
                    }
                })
                .get(30, TimeUnit.SECONDS);
        String hello =
                "{'frames':[{'requestId':1,'hello':{'token':'" + ApiServer.userToken("ann") + "','deviceId':'web'}}]}";
        socket.sendText(hello.replace('\'', '"'), true).get(30, TimeUnit.SECONDS);
        return ApiClient.JSON.readTree(packet.get(30, TimeUnit.SECONDS));
    }

    private KeyStore keys() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return KeyStore.getInstance(file.toFile(), "password".toCharArray());
    }

    private Path pem(String name, String what, byte[] der) throws Exception {
        return Files.writeString(
                directory.resolve(name),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                        + "-----\n");
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("test", keys.getCertificate("test"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
