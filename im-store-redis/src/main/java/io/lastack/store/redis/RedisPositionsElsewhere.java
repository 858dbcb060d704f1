package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Subscription;
import io.lastack.spi.Visible;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What positions that are kept in another store have to know of the conversations here. */
final class RedisPositionsElsewhere implements PositionsElsewhere {
    private final Server server;
    private final Keys keys;
    private final Subscriptions subscriptions;

    RedisPositionsElsewhere(Server server, Keys keys, Subscriptions subscriptions) {
        this.server = server;
        this.keys = keys;
        this.subscriptions = subscriptions;
    }

    @Override
    public Map<Place, Visible> visible(Collection<Place> places) {
        Map<Place, Visible> visible = new HashMap<>();
        Places.look(
                server,
                keys,
                Script.VISIBLE,
                places,
                (place, reply) -> visible.put(
                        place, new Visible(reply.at(0).number(), reply.at(1).number())));
        return visible;
    }

    @Override
    public List<Subscription> subscriptions(UserId user, Map<ConversationId, Long> lastReads) {
        return subscriptions.above(user, lastReads);
    }
}
