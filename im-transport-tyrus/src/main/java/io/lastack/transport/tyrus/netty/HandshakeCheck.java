package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.netty.Admission.Refused;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The form of an opening handshake (RFC 6455, section 4.2.1), and the {@code Origin} rule. */
final class HandshakeCheck {

    private static final int KEY_BYTES = 16;

    private final OriginRule origins;

    HandshakeCheck(OriginRule origins) {
        this.origins = origins;
    }

    /** What is wrong with the request, or nothing. */
    Optional<Refused> refusal(HttpRequestView request) {
        if (!request.isHttp11()) {
            return refuse(400, "a WebSocket needs HTTP/1.1");
        }
        if (!HeaderList.contains(request.all("Upgrade"), "websocket")
                || !HeaderList.contains(request.all("Connection"), "Upgrade")) {
            return refuse(426, "this address speaks WebSocket only");
        }
        if (!request.all("Sec-WebSocket-Version").equals(List.of("13"))) {
            return refuse(426, "only version 13 of WebSocket is spoken here");
        }
        if (!request.method().equals("GET") || request.hasBody()) {
            return refuse(400, "a WebSocket is opened with a GET without a body");
        }
        if (!isKey(request.all("Sec-WebSocket-Key"))) {
            return refuse(400, "Sec-WebSocket-Key must be 16 bytes in base64");
        }
        return pageRefusal(request);
    }

    /** What is wrong with a request that is no upgrade, but as good as one for the page that makes it. */
    Optional<Refused> pageRefusal(HttpRequestView request) {
        if (request.all("Host").size() != 1) {
            return refuse(400, "there must be one Host header");
        }
        return isOriginPermitted(request) ? Optional.empty() : refuse(403, "pages of this origin may not connect");
    }

    private boolean isOriginPermitted(HttpRequestView request) {
        var sent = request.all("Origin");
        return sent.size() <= 1
                && origins.permits(
                        sent.stream().findFirst(), request.all("Host").get(0));
    }

    private static boolean isKey(List<String> values) {
        if (values.size() != 1) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(values.get(0).strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Refused> refuse(int status, String reason) {
        return Optional.of(new Refused(status, reason));
    }
}
