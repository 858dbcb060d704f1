package io.lastack.examples.server;

import io.lastack.transport.tyrus.TyrusServerBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How clients come to this server.
 *
 * @param tlsChain the certificate chain in PEM, with {@code tlsKey} its private key; both null for plain HTTP
 * @param trustedProxies addresses and ranges whose {@code X-Forwarded-For} is believed
 */
public record EdgeOptions(@Nullable Path tlsChain, @Nullable Path tlsKey, List<String> trustedProxies) {
    /** @throws IllegalArgumentException if an option is wrong */
    public EdgeOptions {
        if ((tlsChain == null) != (tlsKey == null)) {
            throw new IllegalArgumentException("--tls-chain and --tls-key go together");
        }
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Plain HTTP, from clients that come themselves. */
    public static EdgeOptions plain() {
        return new EdgeOptions(null, null, List.of());
    }

    String scheme() {
        return tlsChain == null ? "http" : "https";
    }

    /** @throws IllegalArgumentException if the files cannot be used, or a range is none */
    TyrusServerBuilder applyTo(TyrusServerBuilder server) {
        server.trustedProxies(Set.copyOf(trustedProxies));
        return tlsChain == null || tlsKey == null ? server : server.tls(tlsChain, tlsKey);
    }
}
