package io.lastack.examples.bench.wire;

/**
 * The client message id of a generated message: the sender's place among the senders, then the message's number, in
 * {@value #LENGTH} digits, so that a receiver finds the sending without a look-up. Mutable, to be used again.
 */
public final class MessageName {
    /** Digits in a name. */
    public static final int LENGTH = 15;

    private static final long SENDER = 10_000_000_000L;

    private long value;

    /**
     * @param sender 0 to 99,999
     * @param number 0 to 9,999,999,999
     */
    public MessageName set(int sender, long number) {
        value = sender * SENDER + number;
        return this;
    }

    /** Of a value that was {@link #read}. */
    public static int sender(long value) {
        return (int) (value / SENDER);
    }

    /** Of a value that was {@link #read}. */
    public static long number(long value) {
        return value % SENDER;
    }

    void put(byte[] to, int at) {
        long rest = value;
        for (int i = LENGTH - 1; i >= 0; i--) {
            to[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** @return the name's value, or -1 if these bytes are none */
    static long read(byte[] from, int at, int length) {
        if (length < LENGTH) {
            return -1;
        }
        long value = 0;
        for (int i = at; i < at + LENGTH; i++) {
            int digit = from[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
