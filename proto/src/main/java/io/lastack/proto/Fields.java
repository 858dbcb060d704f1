package io.lastack.proto;

import io.lastack.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of one message as they came over the wire, in whichever order: of a field given twice, the last counts. */
final class Fields {
    private final Shape shape;
    private final @Nullable Object[] values;
    private @Nullable String unknown;

    Fields(Shape shape) {
        this.shape = shape;
        this.values = new Object[shape.numberLimit()];
    }

    /** @throws FrameFault if the field is there already, and two of it would not be the same as the last */
    void put(FieldShape field, Object value) throws FrameFault {
        if (field.once() && has(field)) {
            throw new FrameFault(field.name() + " is given twice; once is allowed");
        }
        values[field.number()] = value;
    }

    FieldShape field(int number) {
        return shape.field(number);
    }

    /** Adds to a list. @throws FrameFault if it has {@code limit} entries already */
    void add(FieldShape field, Object value, int limit) throws FrameFault {
        List<Object> list = list(field.number());
        if (list == null) {
            list = new ArrayList<>();
            put(field, list);
        }
        if (list.size() == limit) {
            throw tooMany(field, limit);
        }
        list.add(value);
    }

    /** Adds to a map. @throws FrameFault if it has {@code limit} entries already */
    void addEntry(FieldShape field, String key, String value, int limit) throws FrameFault {
        Map<String, String> map = map(field.number());
        if (map == null) {
            map = new LinkedHashMap<>();
            put(field, map);
        }
        if (map.size() == limit && !map.containsKey(key)) {
            throw tooMany(field, limit);
        }
        map.put(key, value);
    }

    private static FrameFault tooMany(FieldShape field, int limit) {
        return new FrameFault(field.name() + " has more than " + limit + " entries; at most " + limit + " are allowed");
    }

    /** Remembers the first field that the schema does not have. */
    void sawUnknown(String name) {
        if (unknown == null) {
            unknown = name;
        }
    }

    boolean has(FieldShape field) {
        return values[field.number()] != null;
    }

    /**
     * The number of the one field of a {@code oneof} that is set.
     *
     * @throws FrameFault if none or two are
     */
    int only(String oneof) throws FrameFault {
        int only = onlyOrNone(oneof);
        if (only == 0) {
            String known = shape.choice(oneof).stream().map(FieldShape::name).collect(Collectors.joining(" "));
            throw new FrameFault((unknown == null ? oneof + " is missing" : oneof + " " + unknown + " is not known")
                    + "; one of these is needed: " + known);
        }
        return only;
    }

    /** As {@link #only}, but 0 if none is set. */
    int onlyOrNone(String oneof) throws FrameFault {
        FieldShape only = null;
        for (FieldShape field : shape.choice(oneof)) {
            if (has(field)) {
                if (only != null) {
                    throw new FrameFault(
                            only.name() + " and " + field.name() + " are both given; one of them is allowed");
                }
                only = field;
            }
        }
        return only == null ? 0 : only.number();
    }

    String string(int number) {
        String value = stringOrNull(number);
        return value == null ? "" : value;
    }

    @Nullable
    String stringOrNull(int number) {
        return (String) values[number];
    }

    byte @Nullable [] bytesOrNull(int number) {
        return (byte[]) values[number];
    }

    long integer(int number) {
        return values[number] instanceof Long value ? value : 0;
    }

    /** A {@code uint32}, which the readers hold to the positive numbers of an int. */
    int count(int number) {
        return Math.toIntExact(integer(number));
    }

    boolean flag(int number) {
        return values[number] instanceof Boolean value && value;
    }

    /** A message; one without any fields if it is absent. */
    Fields message(int number) {
        Fields value = messageOrNull(number);
        return value == null ? new Fields(shape.field(number).requireMessage()) : value;
    }

    @Nullable
    Fields messageOrNull(int number) {
        return (Fields) values[number];
    }

    List<String> strings(int number) {
        List<String> value = list(number);
        return value == null ? List.of() : value;
    }

    /** Every message of a list, turned into a value. */
    <T> List<T> messages(int number, Reader<T> reader) throws FrameFault {
        List<Fields> messages = list(number);
        List<T> result = new ArrayList<>(messages == null ? 0 : messages.size());
        if (messages != null) {
            for (Fields message : messages) {
                result.add(reader.read(message));
            }
        }
        return result;
    }

    Map<String, String> entries(int number) {
        Map<String, String> value = map(number);
        return value == null ? Map.of() : value;
    }

    @SuppressWarnings("unchecked") // the readers put only what the shape says
    private <T> @Nullable List<T> list(int number) {
        return (List<T>) values[number];
    }

    @SuppressWarnings("unchecked") // the readers put only what the shape says
    private @Nullable Map<String, String> map(int number) {
        return (Map<String, String>) values[number];
    }

    /** Turns a message into a value. */
    @FunctionalInterface
    interface Reader<T> {
        /** @throws InvalidRequestException if a value is not allowed in what is made of it */
        T read(Fields message) throws FrameFault;
    }
}
