package io.lastack.proto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message of the schema, by number and by JSON name. Taken from the compiled {@code .proto} files, so
 * that both codecs follow them to the letter. The schema has no message that contains itself.
 */
final class Shape {
    private final @Nullable FieldShape[] byNumber;
    private final Map<String, FieldShape> byName = new HashMap<>();
    private final Map<String, List<FieldShape>> choices = new HashMap<>();

    Shape(Descriptor message) {
        List<FieldDescriptor> fields = message.getFields();
        int highest = fields.stream().mapToInt(FieldDescriptor::getNumber).max().orElse(0);
        byNumber = new FieldShape[highest + 1];
        for (FieldDescriptor descriptor : fields) {
            FieldShape field = FieldShape.of(descriptor);
            byNumber[field.number()] = field;
            byName.put(field.name(), field);
        }
        message.getRealOneofs().forEach(this::addChoice);
    }

    private void addChoice(OneofDescriptor oneof) {
        List<FieldShape> members = new ArrayList<>();
        oneof.getFields().forEach(field -> members.add(field(field.getNumber())));
        choices.put(oneof.getName(), List.copyOf(members));
    }

    /** The field of this number, which the schema has. */
    FieldShape field(int number) {
        return Objects.requireNonNull(byNumber[number], "field");
    }

    /** The field that came over the wire under this number, or null if the schema has none. */
    @Nullable
    FieldShape find(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    /** The field that came over the wire under this name, or null if the schema has none. */
    @Nullable
    FieldShape find(String name) {
        return byName.get(name);
    }

    /** The fields of a {@code oneof}, in the order of the schema. */
    List<FieldShape> choice(String oneof) {
        return Objects.requireNonNull(choices.get(oneof), "oneof");
    }

    /** All field numbers are below this. */
    int numberLimit() {
        return byNumber.length;
    }
}
