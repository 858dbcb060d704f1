package io.lastack.examples.campaign;

import io.lastack.examples.campaign.Journal.Entry;
import java.util.HashMap;
import java.util.Map;

/**
 * How long things took at worst, in milliseconds, from the clock of the machine.
 *
 * @param offline from the loss of a link, or the start of a life, until a device was online again
 * @param unconfirmed from the send of a message until it was confirmed, over several lives if need be
 */
record Outages(long offline, long unconfirmed) {
    static final Outages NONE = new Outages(0, 0);

    static Outages of(Diary diary) {
        Map<String, Long> waiting = new HashMap<>();
        long down = Long.MAX_VALUE;
        long offline = 0;
        long unconfirmed = 0;
        for (Entry entry : diary.entries()) {
            switch (entry.word()) {
                case START, WAITING, STOPPED -> down = Math.min(down, entry.at());
                case ONLINE -> {
                    offline = Math.max(offline, entry.at() - down);
                    down = Long.MAX_VALUE;
                }
                case SEND -> waiting.put(entry.text(0), entry.at());
                case SENT -> {
                    Long since = waiting.remove(entry.text(0));
                    unconfirmed = Math.max(unconfirmed, since == null ? 0 : entry.at() - since);
                }
                default -> {
                    // Of other figures.
                }
            }
        }
        return new Outages(offline, unconfirmed);
    }

    Outages worse(Outages other) {
        return new Outages(Math.max(offline, other.offline), Math.max(unconfirmed, other.unconfirmed));
    }
}
