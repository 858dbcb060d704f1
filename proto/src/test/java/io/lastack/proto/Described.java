package io.lastack.proto;

import io.lastack.log.Payload;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Frames spelled out in full, with the content of arrays and payloads, so that tests can compare and show them. */
final class Described {
    private Described() {}

    static String of(Object value) {
        if (value instanceof Record frame) {
            return ofRecord(frame);
        }
        if (value instanceof List<?> list) {
            StringJoiner text = new StringJoiner(", ", "[", "]");
            list.forEach(item -> text.add(of(item)));
            return text.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map).toString();
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Payload payload) {
            return payload.isText() ? '"' + payload.asText() + '"' : of(payload.data());
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    private static String ofRecord(Record value) {
        StringJoiner text = new StringJoiner(", ", value.getClass().getName() + "(", ")");
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                text.add(component.getName() + "=" + of(component.getAccessor().invoke(value)));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new LinkageError(component.toString(), e);
            }
        }
        return text.toString();
    }
}
