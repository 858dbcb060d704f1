package io.lastack.testkit.store.fault;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Standing;
import io.lastack.spi.Standing.Ack;
import io.lastack.spi.Subscription;
import io.lastack.spi.Visible;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Positions that lie apart from their log, with one fault each. */
final class PositionFaults {
    private PositionFaults() {}

    /** Positions in front of sound ones. */
    private abstract static class FaultyPositions extends FaultyPowers implements Positions {
        final Positions kept = sound.positions().orElseThrow();

        @Override
        public final Optional<Positions> positions() {
            return Optional.of(this);
        }

        @Override
        public boolean starting(UserId user, DeviceId device) {
            return kept.starting(user, device);
        }

        @Override
        public boolean registered(UserId user, DeviceId device) {
            return kept.registered(user, device);
        }

        @Override
        public List<Boolean> raiseAcks(List<AckAdvance> advances) {
            return kept.raiseAcks(advances);
        }

        @Override
        public List<Boolean> raiseReads(List<ReadAdvance> advances) {
            return kept.raiseReads(advances);
        }

        @Override
        public Map<Place, Standing> standings(Collection<Place> places) {
            return kept.standings(places);
        }

        @Override
        public Map<UserId, Standing> standings(ConversationId conversation) {
            return kept.standings(conversation);
        }

        @Override
        public void forget(UserId user, Collection<ConversationId> conversations) {
            kept.forget(user, conversations);
        }
    }

    /** The last ack cursor that is told counts, not the highest. */
    static final class MovesBack extends FaultyPositions {
        private final Map<CursorKey, Ack> last = new ConcurrentHashMap<>();

        @Override
        public List<Boolean> raiseAcks(List<AckAdvance> advances) {
            List<Boolean> moved = super.raiseAcks(advances);
            advances.forEach(a -> last.put(a.key(), new Ack(a.seq(), a.at())));
            return moved;
        }

        @Override
        public Map<Place, Standing> standings(Collection<Place> places) {
            Map<Place, Standing> shown = new HashMap<>(super.standings(places));
            shown.replaceAll((place, standing) -> shown(place, standing));
            return shown;
        }

        @Override
        public Map<UserId, Standing> standings(ConversationId conversation) {
            Map<UserId, Standing> shown = new HashMap<>(super.standings(conversation));
            shown.replaceAll((user, standing) -> shown(new Place(conversation, user), standing));
            return shown;
        }

        private Standing shown(Place place, Standing standing) {
            Map<DeviceId, Ack> acks = new HashMap<>(standing.acks());
            acks.replaceAll((device, ack) -> last.get(new CursorKey(place.conversation(), place.user(), device)));
            return new Standing(acks, standing.lastRead(), standing.readAt());
        }
    }

    /** Whoever tells that a device is registered is told to be the first. */
    static final class RegistersEverybody extends FaultyPositions {
        @Override
        public boolean registered(UserId user, DeviceId device) {
            super.registered(user, device);
            return true;
        }
    }

    /** What a user is to be forgotten for stays. */
    static final class ForgetsOnlyDevices extends FaultyPositions {
        @Override
        public void forget(UserId user, Collection<ConversationId> conversations) {
            super.forget(user, List.of());
        }
    }

    /** A log that answers with positions of its own. */
    static final class CountsAboveItsOwnPositions extends FaultyPowers implements PositionsElsewhere {
        @Override
        public Optional<PositionsElsewhere> positionsElsewhere() {
            return Optional.of(this);
        }

        @Override
        public Map<Place, Visible> visible(Collection<Place> places) {
            return sound.positionsElsewhere().orElseThrow().visible(places);
        }

        @Override
        public List<Subscription> subscriptions(UserId user, Map<ConversationId, Long> reads) {
            return sound.memberships().subscriptions(user, DeviceId.of("any"), reads.keySet());
        }
    }

    /** What a former member may see grows with the log. */
    static final class LetsWhoLeftSeeTheHead extends FaultyPowers implements PositionsElsewhere {
        @Override
        public Optional<PositionsElsewhere> positionsElsewhere() {
            return Optional.of(this);
        }

        @Override
        public Map<Place, Visible> visible(Collection<Place> places) {
            Map<Place, Visible> shown =
                    new HashMap<>(sound.positionsElsewhere().orElseThrow().visible(places));
            shown.replaceAll((place, visible) -> new Visible(visible.firstSeq(), head(place.conversation())));
            return shown;
        }

        private long head(ConversationId conversation) {
            return sound.log().heads(List.of(conversation)).getOrDefault(conversation, 0L);
        }

        @Override
        public List<Subscription> subscriptions(UserId user, Map<ConversationId, Long> reads) {
            return sound.positionsElsewhere().orElseThrow().subscriptions(user, reads);
        }
    }
}
