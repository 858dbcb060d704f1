package io.lastack.proto;

/**
 * What is fuzzed. Also the class that Jazzer looks into: it calls {@link #fuzzerInitialize} once, with the name of the
 * target, and {@link #fuzzerTestOneInput} with each input.
 */
public enum FuzzTarget {
    /** A packet of protobuf, from either side. */
    PROTO,
    /** A packet of JSON, from either side. */
    JSON,
    /** What several clients do to one engine; see {@link SessionScript}. */
    SESSION;

    /** How long inputs become, in bytes. */
    static final int MAX_BYTES = 4_096;

    private static FuzzTarget current = PROTO;

    /** @throws AssertionError if the input shows a fault; whatever else is thrown is a fault too */
    void run(byte[] input) {
        switch (this) {
            case PROTO -> CodecProbe.check(WireCodec.PROTO, input);
            case JSON -> CodecProbe.check(WireCodec.JSON, input);
            case SESSION -> SessionScript.run(input);
        }
    }

    /** Called by Jazzer; begins with frames of the protocol, so that no input pays for the loading of classes. */
    public static void fuzzerInitialize(String[] args) {
        current = valueOf(args[0]);
        FuzzCorpus.ofTheProtocol(current).forEach(current::run);
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        current.run(input);
    }
}
