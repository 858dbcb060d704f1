package io.lastack.store.redis;

import io.lastack.log.DeviceId;
import io.lastack.spi.Standing;
import io.lastack.spi.Standing.Ack;
import java.util.HashMap;
import java.util.Map;

/** The positions of a user in a conversation that lies in another store, as the scripts keep them in a text. */
final class StoredStanding {
    private StoredStanding() {}

    static Standing parse(String text) {
        String[] words = text.split(" ", -1);
        Map<DeviceId, Ack> acks = new HashMap<>();
        for (Floor floor : Floor.parse(words[2])) {
            acks.put(floor.device(), new Ack(floor.seq(), floor.at()));
        }
        return new Standing(acks, Long.parseLong(words[0]), Long.parseLong(words[1]));
    }
}
