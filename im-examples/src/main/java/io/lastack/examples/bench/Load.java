package io.lastack.examples.bench;

import io.lastack.examples.bench.wire.MessageName;
import io.lastack.proto.WireCodec;

/**
 * How much is asked of the server.
 *
 * @param users of the pairs
 * @param members of the group
 * @param senders of the group
 * @param waiting messages that wait for a device that was never connected
 * @param inFlight messages under way of each user of a pair
 * @param groupInFlight messages under way of each sender of a group
 * @param bodyBytes size of a message's body
 * @param warmupSeconds before each measurement
 * @param seconds of each measurement
 */
record Load(
        WireCodec codec,
        int users,
        int members,
        int senders,
        int waiting,
        int inFlight,
        int groupInFlight,
        int bodyBytes,
        int warmupSeconds,
        int seconds) {
    private static final int MOST_USERS = 20_000;

    Load {
        range("users", users, 2, MOST_USERS);
        range("members", members, 2, MOST_USERS);
        range("senders", senders, 1, members);
        range("waiting", waiting, 1, 10_000_000);
        range("in-flight", inFlight, 1, Sender.MAX_UNDER_WAY);
        range("group-in-flight", groupInFlight, 1, Sender.MAX_UNDER_WAY);
        range("size", bodyBytes, MessageName.LENGTH, 65_536);
        range("warmup", warmupSeconds, 0, 3_600);
        range("seconds", seconds, 1, 3_600);
    }

    private static void range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "--" + name + " " + value + " is not allowed; " + least + " to " + most + " are");
        }
    }
}
