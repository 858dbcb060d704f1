package io.lastack.examples.bench;

import io.lastack.examples.bench.wire.MessageName;

/**
 * The messages of one device, numbered from 0. A message is under way until it is confirmed, and had and acknowledged by
 * all its receivers. Used by one thread.
 */
final class Sender {
    /** So many may be under way. */
    static final int MAX_UNDER_WAY = 1_024;

    private final Device device;
    private final Chat chat;
    private final int place;
    private final int receivers;
    private final Meter meter;
    private final MessageName name = new MessageName();
    private final long[] sentNanos = new long[MAX_UNDER_WAY];
    /** Of each message under way: how many acknowledgements and confirmations are missing. */
    private final int[] missing = new int[MAX_UNDER_WAY];

    private long sent;
    private int underWay;
    private Runnable onCompleted = () -> {};

    /** @param receivers how many devices must have each message, besides the sending one; 0 if nobody is waited for */
    Sender(Device device, Chat chat, int receivers, Meter meter) {
        this.device = device;
        this.chat = chat;
        this.place = chat.add(this);
        this.receivers = receivers;
        this.meter = meter;
    }

    /** What to do whenever a message is no longer under way. */
    void onCompleted(Runnable action) {
        onCompleted = action;
    }

    /**
     * Sends the next message with the next turn.
     *
     * @param nanos the time from which its latency counts
     * @return false if too many are under way
     */
    boolean send(long nanos) {
        int slot = slot(sent);
        if (missing[slot] != 0) {
            return false;
        }
        sentNanos[slot] = nanos;
        missing[slot] = receivers + 1;
        device.say(packet -> chat.send().write(packet, sent + 1, name.set(place, sent)));
        sent++;
        underWay++;
        return true;
    }

    /** @param requestId of the reply */
    void confirmed(long requestId, long nowNanos) {
        long number = requestId - 1;
        meter.confirmed(sentNanos[slot(number)], nowNanos);
        settle(number);
    }

    void acknowledged(long number) {
        if (receivers > 0) {
            settle(number);
        }
    }

    private void settle(long number) {
        if (--missing[slot(number)] == 0) {
            underWay--;
            meter.completed();
            onCompleted.run();
        }
    }

    long sentNanos(long number) {
        return sentNanos[slot(number)];
    }

    private static int slot(long number) {
        return (int) (number % MAX_UNDER_WAY);
    }

    boolean isOf(Device other) {
        return device == other;
    }

    long sent() {
        return sent;
    }

    int underWay() {
        return underWay;
    }
}
