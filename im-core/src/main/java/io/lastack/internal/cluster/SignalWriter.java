package io.lastack.internal.cluster;

import io.lastack.log.Content;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts values one behind the other: numbers in as few bytes as they need, texts and bytes behind their length. */
final class SignalWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    byte[] bytes() {
        return out.toByteArray();
    }

    SignalWriter number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    SignalWriter flag(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    SignalWriter data(byte[] value) {
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    SignalWriter text(String value) {
        return data(value.getBytes(StandardCharsets.UTF_8));
    }

    SignalWriter users(List<UserId> users) {
        return list(users, user -> text(user.value()));
    }

    <T> SignalWriter list(List<T> values, Consumer<T> each) {
        number(values.size());
        values.forEach(each);
        return this;
    }

    SignalWriter body(Body body) {
        String text = body.text();
        byte[] bytes = body.bytes();
        flag(text != null);
        if (text != null) {
            text(text);
        }
        flag(bytes != null);
        if (bytes != null) {
            data(bytes);
        }
        return this;
    }

    /** All but the conversation and the seq. */
    SignalWriter message(@Nullable Message message) {
        flag(message != null);
        if (message != null) {
            number(message.sentAt())
                    .text(message.sender().value())
                    .text(message.clientMessageId().value());
            content(message.content());
        }
        return this;
    }

    private void content(Content content) {
        text(content.kind()).text(content.type());
        flag(content.payload().isText()).data(content.payload().data());
        number(content.ext().size());
        for (Map.Entry<String, String> entry : content.ext().entrySet()) {
            text(entry.getKey()).text(entry.getValue());
        }
        number(content.replyTo()).users(content.mentions()).number(content.revises());
    }
}
