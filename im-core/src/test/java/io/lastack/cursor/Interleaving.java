package io.lastack.cursor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One history of messages 1 to n: the order in which the results of their pushes arrive, which succeed, how many of the
 * results arrive before the server stops, and perhaps a pull and its acknowledgement among them.
 *
 * @param order the messages in the order of their results
 * @param successes bit m - 1 is set if the push of message m succeeds
 * @param results how many results arrive
 * @param pull the pull, or {@link Pull#NONE}
 */
record Interleaving(List<Integer> order, int successes, int results, Pull pull) {

    /**
     * A client asks for everything above {@code lastAck}, and acknowledges it.
     *
     * @param at how many results arrive before the pull
     * @param ackedAt how many arrive before its acknowledgement
     * @param last the last message that the pull gets
     */
    record Pull(int at, int ackedAt, int last) {
        static final Pull NONE = new Pull(-1, -1, 0);

        /** Every pull of messages 1 to n among n results. */
        static Stream<Pull> among(int n) {
            return IntStream.rangeClosed(0, n)
                    .boxed()
                    .flatMap(at -> IntStream.rangeClosed(at, n)
                            .boxed()
                            .flatMap(ackedAt ->
                                    IntStream.rangeClosed(1, n).mapToObj(last -> new Pull(at, ackedAt, last))));
        }
    }

    /** All results arrive, of 1 to {@code most} messages, in every order, with every outcome. */
    static List<Interleaving> complete(int most) {
        List<Interleaving> all = new ArrayList<>();
        for (int n = 1; n <= most; n++) {
            for (List<Integer> order : Orders.of(n)) {
                for (int successes = 0; successes < 1 << n; successes++) {
                    all.add(new Interleaving(order, successes, n, Pull.NONE));
                }
            }
        }
        return all;
    }

    /** As {@link #complete}, and the server stops after every prefix of the results, the whole included. */
    static List<Interleaving> stopped(int most) {
        List<Interleaving> all = new ArrayList<>();
        for (Interleaving whole : complete(most)) {
            for (int results = 0; results <= whole.order.size(); results++) {
                all.add(new Interleaving(whole.order, whole.successes, results, Pull.NONE));
            }
        }
        return all;
    }

    /**
     * As {@link #complete} from 2 messages on, with a pull of everything up to any message, anywhere among the results,
     * and its acknowledgement anywhere after it.
     */
    static List<Interleaving> pulled(int most) {
        return complete(most).stream()
                .filter(whole -> whole.order.size() > 1)
                .flatMap(whole -> Pull.among(whole.results)
                        .map(pull -> new Interleaving(whole.order, whole.successes, whole.results, pull)))
                .toList();
    }

    /** Whether the pull gets every message whose result has arrived: a log read in order cannot give it less. */
    boolean pullSeesWhatWasPushed() {
        return order.subList(0, pull.at).stream().allMatch(message -> message <= pull.last);
    }

    /** Whether some message that the client never got is at or below {@code lastAck} in the end. */
    boolean isLostBy(DeliveryRules rules) {
        Set<Long> received = run(rules);
        return LongStream.rangeClosed(1, Math.min(rules.lastAck(), order.size()))
                .anyMatch(message -> !received.contains(message));
    }

    /** Returns what the client has received. */
    private Set<Long> run(DeliveryRules rules) {
        Set<Long> received = new HashSet<>();
        long pulledAfter = 0;
        for (int i = 0; i <= results; i++) {
            if (i == pull.at) {
                pulledAfter = rules.lastAck();
            }
            if (i == pull.ackedAt && pulledAfter < pull.last) {
                LongStream.rangeClosed(pulledAfter + 1, pull.last).forEach(received::add);
                rules.pullAcknowledged(pull.last);
            }
            if (i < results) {
                result(order.get(i), rules, received);
            }
        }
        return received;
    }

    private void result(long message, DeliveryRules rules, Set<Long> received) {
        if (((successes >> (message - 1)) & 1) == 1) {
            received.add(message);
            rules.succeeded(message);
        } else {
            rules.failed(message);
        }
    }
}
