package io.lastack.transport.tyrus.netty;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed. Each proxy adds, at the right, the
 * address that it was called from; so the client is the rightmost address that is not one of a listed proxy. What stands
 * left of it is the client's own word, and counts for nothing.
 */
public final class TrustedProxies {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private final List<IpSubnetFilterRule> rules;

    private TrustedProxies(List<IpSubnetFilterRule> rules) {
        this.rules = rules;
    }

    /** Nobody is believed: every client is who its connection comes from. */
    public static TrustedProxies none() {
        return new TrustedProxies(List.of());
    }

    /**
     * The proxies at these addresses.
     *
     * @param ranges addresses such as {@code 192.0.2.7} or {@code ::1}, or ranges such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one of them is neither
     */
    public static TrustedProxies of(Collection<String> ranges) {
        return new TrustedProxies(ranges.stream().map(TrustedProxies::rule).toList());
    }

    private static IpSubnetFilterRule rule(String range) {
        int slash = range.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? range : range.substring(0, slash));
        if (address == null) {
            throw notARange(range, null);
        }
        int most = address.length == 4 ? IPV4_BITS : IPV6_BITS;
        try {
            int bits = slash < 0 ? most : Integer.parseInt(range.substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw notARange(range, null);
            }
            return new IpSubnetFilterRule(InetAddress.getByAddress(address), bits, IpFilterRuleType.ACCEPT);
        } catch (NumberFormatException | UnknownHostException e) {
            throw notARange(range, e);
        }
    }

    private static IllegalArgumentException notARange(String range, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "\"" + range + "\" is not an address like 192.0.2.7 or a range like 10.0.0.0/8 or fd00::/8", cause);
    }

    boolean trusts(InetSocketAddress peer) {
        for (IpSubnetFilterRule rule : rules) {
            if (rule.matches(peer)) {
                return true;
            }
        }
        return false;
    }

    /** Who makes a request, given the peer of its connection and whether that speaks TLS. */
    Caller caller(InetSocketAddress peer, boolean secure, List<String> forwardedFor, List<String> forwardedProto) {
        if (!trusts(peer)) {
            return new Caller(peer, secure, false);
        }
        List<String> chain = HeaderList.tokens(forwardedFor);
        InetSocketAddress client = peer;
        int at = chain.size();
        while (at > 0 && trusts(client)) {
            Optional<InetSocketAddress> next = address(chain.get(at - 1));
            if (next.isEmpty()) {
                break; // A listed proxy says that it does not know; what stands further left is hearsay.
            }
            client = next.get();
            at--;
        }
        return new Caller(client, secure(secure, HeaderList.tokens(forwardedProto), chain.size() - at), true);
    }

    /** The scheme that the proxy saw which the client called; if they tell one for all, that. */
    private static boolean secure(boolean peer, List<String> schemes, int hops) {
        if (schemes.isEmpty()) {
            return peer;
        }
        int index = Math.max(0, schemes.size() - Math.max(1, hops));
        return schemes.get(index).equalsIgnoreCase("https");
    }

    /** Reads {@code 192.0.2.7}, {@code 192.0.2.7:4711}, {@code 2001:db8::7} and {@code [2001:db8::7]:4711}. */
    private static Optional<InetSocketAddress> address(String text) {
        String host = text;
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            host = end < 0 ? text : text.substring(1, end);
        } else if (colon >= 0 && text.indexOf(':') == colon) {
            host = text.substring(0, colon);
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(new InetSocketAddress(InetAddress.getByAddress(bytes), 0));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
