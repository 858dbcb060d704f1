package io.lastack.proto;

import java.util.Base64;

/** Bytes in JSON: base64, in the standard or the URL alphabet, padded or not. */
final class JsonBytes {
    private JsonBytes() {}

    static byte[] decode(FieldShape field, String text) throws FrameFault {
        boolean urlAlphabet = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return (urlAlphabet ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
        } catch (IllegalArgumentException e) {
            throw new FrameFault(field, "is a string that is no base64");
        }
    }
}
