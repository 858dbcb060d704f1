package io.lastack.proto;

/** Why one frame cannot be read, for a person; says which field and what is allowed, never a value that may be private. */
final class FrameFault extends Exception {
    private static final long serialVersionUID = 1L;

    FrameFault(String message) {
        super(message, null, false, false);
    }

    FrameFault(FieldShape field, String wrong) {
        this(field.name() + " " + wrong + "; " + field.type().allowed() + " is allowed");
    }

    static FrameFault outOfRange(FieldShape field) {
        return new FrameFault(field.name() + " is out of range; "
                + (field.type() == FieldShape.Type.UINT32 ? "0 to 2147483647 is allowed" : "64 bits are allowed"));
    }

    /** The same, told from outside the field that it lies in. */
    FrameFault inside(FieldShape field) {
        return new FrameFault(field.name() + "." + getMessage());
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
