package io.lastack.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script returned: a list, a text, a number, or nothing. */
final class Reply {
    private final @Nullable Object value;

    Reply(@Nullable Object value) {
        this.value = value;
    }

    boolean isNothing() {
        return value == null;
    }

    int size() {
        return raw().size();
    }

    Reply at(int index) {
        return new Reply(raw().get(index));
    }

    /** Whether a list has an element there; a list ends before what is nothing to its end. */
    boolean has(int index) {
        return index < size() && raw().get(index) != null;
    }

    List<Reply> list() {
        List<Reply> list = new ArrayList<>(size());
        raw().forEach(element -> list.add(new Reply(element)));
        return list;
    }

    List<String> texts() {
        return list().stream().map(Reply::text).toList();
    }

    byte[] bytes() {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw unexpected("bytes");
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    long number() {
        return value instanceof Long number ? number : Long.parseLong(text());
    }

    private List<?> raw() {
        if (value instanceof List<?> list) {
            return list;
        }
        throw unexpected("a list");
    }

    private IllegalStateException unexpected(String expected) {
        return new IllegalStateException("a script returned "
                + (value == null ? "nothing" : value.getClass().getSimpleName()) + " in place of " + expected);
    }
}
