package io.lastack.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The arguments of a script, as they gather. */
final class Arguments {
    private final List<byte[]> list = new ArrayList<>();

    static Arguments of(Object... values) {
        Arguments arguments = new Arguments();
        for (Object value : values) {
            arguments.add(value);
        }
        return arguments;
    }

    /** A value by its text. */
    Arguments add(Object value) {
        return add(value.toString().getBytes(StandardCharsets.UTF_8));
    }

    Arguments add(byte[] value) {
        list.add(value);
        return this;
    }

    Arguments addAll(Collection<?> values) {
        values.forEach(this::add);
        return this;
    }

    List<byte[]> list() {
        return list;
    }

    static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is not allowed; 1 or more is");
        }
        return value;
    }
}
