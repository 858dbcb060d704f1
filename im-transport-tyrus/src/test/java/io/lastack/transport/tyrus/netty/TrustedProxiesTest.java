package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final TrustedProxies PROXIES =
            TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8", "127.0.0.1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "203.0.113.5 | 198.51.100.1                         | 203.0.113.5",
                "10.1.2.3    | -                                    | 10.1.2.3",
                "10.1.2.3    | 198.51.100.1                         | 198.51.100.1",
                "192.0.2.7   | 198.51.100.1                         | 198.51.100.1",
                "192.0.2.8   | 198.51.100.1                         | 192.0.2.8",
                "10.1.2.3    | 198.51.100.1, 10.9.9.9               | 198.51.100.1",
                "10.1.2.3    | 6.6.6.6, 198.51.100.1                | 198.51.100.1",
                "10.1.2.3    | 6.6.6.6, 10.0.0.1, 198.51.100.1, 10.9.9.9 | 198.51.100.1",
                "10.1.2.3    | 10.0.0.1, 10.9.9.9                   | 10.0.0.1",
                "10.1.2.3    | 198.51.100.1, unknown                | 10.1.2.3",
                "10.1.2.3    | 198.51.100.1, unknown, 10.9.9.9      | 10.9.9.9",
                "10.1.2.3    | 198.51.100.1:4711                    | 198.51.100.1",
                "10.1.2.3    | 2001:db8::7                          | 2001:db8:0:0:0:0:0:7",
                "10.1.2.3    | [2001:db8::7]:4711                   | 2001:db8:0:0:0:0:0:7",
                "fd12::1     | ::ffff:198.51.100.1                  | 198.51.100.1",
                "fe80::1     | 198.51.100.1                         | fe80:0:0:0:0:0:0:1",
                "10.1.2.3    | localhost                            | 10.1.2.3",
            })
    void theClientIsTheRightmostAddressThatIsNoListedProxy(String peer, String header, String client) {
        var caller = PROXIES.caller(
                new InetSocketAddress(peer, 1), false, header == null ? List.of() : List.of(header), List.of());
        assertThat(caller.address().getAddress().getHostAddress()).isEqualTo(client);
    }

    @Test
    void linesOfTheHeaderCountAsOneList() {
        var peer = new InetSocketAddress("10.1.2.3", 1);
        var caller = PROXIES.caller(peer, false, List.of("6.6.6.6, 198.51.100.1", "10.9.9.9"), List.of());
        assertThat(caller.address().getHostString()).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "203.0.113.5 | 198.51.100.1           | https        | false",
                "10.1.2.3    | 198.51.100.1           | https        | true",
                "10.1.2.3    | 198.51.100.1           | http         | false",
                "10.1.2.3    | 198.51.100.1           | -            | false",
                "10.1.2.3    | 198.51.100.1           | https, http  | false",
                "10.1.2.3    | 198.51.100.1, 10.9.9.9 | https, http  | true",
                "10.1.2.3    | 198.51.100.1, 10.9.9.9 | https        | true",
                "10.1.2.3    | -                      | https        | true",
            })
    void theSchemeIsThatOfTheClientAsAListedProxySawIt(String peer, String forwarded, String scheme, boolean secure) {
        var caller = PROXIES.caller(
                new InetSocketAddress(peer, 1),
                false,
                forwarded == null ? List.of() : List.of(forwarded),
                scheme == null ? List.of() : List.of(scheme));
        assertThat(caller.secure()).isEqualTo(secure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "", "::1/129"})
    void whatIsNoRangeIsRefusedByName(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of(List.of(range)))
                .withMessageContaining("\"" + range + "\"");
    }

    @Test
    void connectionsThroughAProxyCountForTheClientAndNotForTheProxy() throws Exception {
        try (var server = behind(TrustedProxies.of(List.of("127.0.0.1")));
                var one = upgraded(server, "198.51.100.1");
                var other = upgraded(server, "198.51.100.2");
                var again = server.connect()) {
            again.handshake("/echo", "X-Forwarded-For: 6.6.6.6, 198.51.100.1\r\n");
            assertThat(again.response().status()).isEqualTo(429);
            assertThat(again.isEnded()).isTrue();
            one.close(1000);
            assertThat(one.frame().closeCode()).isEqualTo(1000);
            assertThat(one.isEnded()).isTrue();
            awaitConnections(server, 1);
            try (var next = upgraded(server, "198.51.100.1")) {
                next.text("welcome again");
                assertThat(next.frame().text()).isEqualTo("welcome again");
            }
            other.text("all the while");
            assertThat(other.frame().text()).isEqualTo("all the while");
        }
    }

    @Test
    void whoIsNoListedProxyCannotHideBehindTheHeader() throws Exception {
        try (var server = behind(TrustedProxies.of(List.of("192.0.2.7")));
                var one = upgraded(server, "198.51.100.1");
                var again = server.connect()) {
            again.handshake("/echo", "X-Forwarded-For: 198.51.100.2\r\n");
            assertThat(again.response().status()).isEqualTo(429);
            one.text("served");
            assertThat(one.frame().text()).isEqualTo("served");
        }
    }

    @Test
    void routesHearOfTheClientAndItsBrowserOfTlsAtTheProxy() throws Exception {
        try (var server = behind(TrustedProxies.of(List.of("127.0.0.1")));
                var client = server.connect()) {
            client.ascii("GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.1\r\n\r\n");
            var plain = client.response();
            assertThat(plain.body()).isEqualTo("198.51.100.1");
            assertThat(plain.headers()).doesNotContainKey("strict-transport-security");
            client.ascii("GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\n\r\n");
            assertThat(client.response().headers()).containsEntry("strict-transport-security", "max-age=60");
        }
    }

    private static RawClient upgraded(TestServer server, String forwardedFor) throws IOException {
        var client = server.connect();
        client.handshake("/echo", "X-Forwarded-For: " + forwardedFor + "\r\n");
        assertThat(client.response().status()).isEqualTo(101);
        return client;
    }

    private static TestServer behind(TrustedProxies proxies) throws IOException {
        var limits = new ServerLimits(4096, 4096, 64 * 1024, 1024, 50, 1, 1000);
        var routes = HttpRoutes.builder()
                .get("/who", call -> HttpReply.text(200, call.client().getHostString()))
                .build();
        return new TestServer(limits, TestServer.TIMEOUTS, routes, Gate.open(), proxies);
    }

    private static void awaitConnections(TestServer server, int most) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (server.server.connections() > most) {
            assertThat(System.nanoTime()).as("waited 10 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
