package io.lastack.transport.tyrus.netty;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which web pages may open a WebSocket, by the {@code Origin} header that browsers send. A client that sends none
 * is no browser and passes.
 */
public final class OriginRule {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Set<String> allowed;
    private final boolean any;

    private OriginRule(Set<String> allowed, boolean any) {
        this.allowed = allowed;
        this.any = any;
    }

    /** Only pages that came from the host and port that the WebSocket goes to. */
    public static OriginRule sameHost() {
        return new OriginRule(Set.of(), false);
    }

    /** Any page. Safe only where a page cannot make a browser authenticate by itself, by a cookie for instance. */
    public static OriginRule any() {
        return new OriginRule(Set.of(), true);
    }

    /**
     * Pages of these origins, and those of {@link #sameHost()}.
     *
     * @param origins such as {@code https://chat.example.com} or {@code http://localhost:3000}
     * @throws IllegalArgumentException if one of them is not scheme, host and, unless it is the scheme's own, port
     */
    public static OriginRule of(Set<String> origins) {
        var canonical = origins.stream()
                .map(origin -> canonical(origin)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "\"" + origin + "\" is not an origin like https://chat.example.com:8443")))
                .collect(Collectors.toUnmodifiableSet());
        return new OriginRule(canonical, false);
    }

    /** Whether pages of this origin may connect wherever the WebSocket is: for who cannot tell the host. */
    public boolean lists(String origin) {
        return any || canonical(origin).filter(allowed::contains).isPresent();
    }

    /**
     * Whether the page may connect.
     *
     * @param origin the {@code Origin} header, empty if there was none
     * @param host the {@code Host} header
     */
    boolean permits(Optional<String> origin, String host) {
        if (any || origin.isEmpty()) {
            return true;
        }
        var page = canonical(origin.get());
        return page.isPresent() && (allowed.contains(page.get()) || isSameHost(page.get(), host));
    }

    /** Compares without the scheme: behind a proxy that ends TLS the page is https and the request is not. */
    private static boolean isSameHost(String page, String host) {
        var scheme = page.substring(0, page.indexOf(':'));
        return canonical(scheme + "://" + host).filter(page::equals).isPresent();
    }

    private static Optional<String> canonical(String origin) {
        try {
            var uri = new URI(origin);
            var scheme = uri.getScheme();
            var bare = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (!bare || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
                return Optional.empty();
            }
            var port = uri.getPort() >= 0 ? uri.getPort() : "http".equalsIgnoreCase(scheme) ? HTTP : HTTPS;
            return Optional.of((scheme + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
