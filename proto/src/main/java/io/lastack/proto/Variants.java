package io.lastack.proto;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** For the types of a sealed interface: which field of a {@code oneof} each goes to, and how it is written. */
final class Variants<S> {
    private final Map<Class<?>, Variant<?>> byType = new HashMap<>();

    <T extends S> Variants<S> with(Class<T> type, int field, FieldWriter.Content<T> content) {
        byType.put(type, new Variant<>(type, field, content));
        return this;
    }

    /** A type without any fields of its own. */
    <T extends S> Variants<S> with(Class<T> type, int field) {
        return with(type, field, (out, value) -> {});
    }

    void write(FieldWriter out, S value) throws IOException {
        Variant<?> variant = byType.get(value.getClass());
        if (variant == null) {
            throw new IllegalArgumentException(value.getClass().getSimpleName() + " has no form on the wire");
        }
        variant.write(out, value);
    }

    private record Variant<T>(Class<T> type, int field, FieldWriter.Content<T> content) {
        void write(FieldWriter out, Object value) throws IOException {
            out.message(field, type.cast(value), content);
        }
    }
}
