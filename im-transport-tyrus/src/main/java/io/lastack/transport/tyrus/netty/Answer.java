package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpReply;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Turns answers into Netty's. */
final class Answer {

    private Answer() {}

    /** @param hstsSeconds see {@link ServerOptions#hstsSeconds()}; 0 over plain HTTP, where it would mean nothing */
    static FullHttpResponse of(HttpReply reply, boolean keepAlive, long hstsSeconds) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), Unpooled.wrappedBuffer(reply.body()));
        setHeaders(response, reply, keepAlive, hstsSeconds);
        // An answer that never has a body says nothing of a length (RFC 9110, 8.6).
        if (reply.status() != 204 && reply.status() != 304) {
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        }
        return response;
    }

    /** The beginning of an answer whose body follows in pieces: chunks, or whatever comes until the connection ends. */
    static HttpResponse beginningOf(HttpReply reply, boolean chunked, boolean keepAlive, long hstsSeconds) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
        setHeaders(response, reply, keepAlive, hstsSeconds);
        HttpUtil.setTransferEncodingChunked(response, chunked);
        return response;
    }

    private static void setHeaders(HttpResponse response, HttpReply reply, boolean keepAlive, long hstsSeconds) {
        reply.headers().forEach((name, value) -> response.headers().set(name, value));
        if (hstsSeconds > 0) {
            response.headers().set("Strict-Transport-Security", "max-age=" + hstsSeconds);
        }
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    static HttpReply of(Admission.Refused refused) {
        var reply = HttpReply.text(refused.status(), refused.reason() + "\n");
        if (refused.retryAfterSeconds() > 0) {
            reply = reply.with("Retry-After", Integer.toString(refused.retryAfterSeconds()));
        }
        return switch (refused.status()) {
            case 401 -> reply.with("WWW-Authenticate", "Bearer");
            case 426 -> reply.with("Upgrade", "websocket").with("Sec-WebSocket-Version", "13");
            default -> reply;
        };
    }
}
