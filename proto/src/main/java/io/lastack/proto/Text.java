package io.lastack.proto;

/** Whether strings are what UTF-8 can carry: protobuf and, by RFC 7493, JSON between machines want it so. */
final class Text {
    private Text() {}

    /** Whether every surrogate has its other half. */
    static boolean isWellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (i + 1 == value.length() || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
