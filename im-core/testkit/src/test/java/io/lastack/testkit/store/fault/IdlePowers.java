package io.lastack.testkit.store.fault;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Standing;
import io.lastack.spi.Subscription;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import io.lastack.spi.Visible;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sound store that declares every power and uses none. */
final class IdlePowers extends Faulty
        implements LogRetention, UserErasure, UserExport, EpochRenewal, DeliveryMarks, Positions, PositionsElsewhere {
    @Override
    public Optional<LogRetention> retention() {
        return Optional.of(this);
    }

    @Override
    public Optional<UserErasure> erasure() {
        return Optional.of(this);
    }

    @Override
    public Optional<UserExport> export() {
        return Optional.of(this);
    }

    @Override
    public Optional<EpochRenewal> epochRenewal() {
        return Optional.of(this);
    }

    @Override
    public Optional<DeliveryMarks> deliveryMarks() {
        return Optional.of(this);
    }

    @Override
    public Optional<Positions> positions() {
        return Optional.of(this);
    }

    @Override
    public Optional<PositionsElsewhere> positionsElsewhere() {
        return Optional.of(this);
    }

    @Override
    public List<LogExtent> extents(ConversationId.Kind kind, @Nullable ConversationId after, int limit) {
        return List.of();
    }

    @Override
    public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
        return 0;
    }

    @Override
    public @Nullable String erase(UserId user, @Nullable String position, int limit) {
        return null;
    }

    @Override
    public List<DeviceId> devices(UserId user) {
        return List.of();
    }

    @Override
    public Page sent(UserId user, @Nullable String position, int limit, int maxBytes) {
        return new Page(List.of(), null);
    }

    @Override
    public String renew(String expected, String fresh) {
        return expected;
    }

    @Override
    public List<Mark> marks(@Nullable ConversationId after, int limit) {
        return List.of();
    }

    @Override
    public long through(ConversationId conversation) {
        return 0;
    }

    @Override
    public boolean advance(ConversationId conversation, long expected, long through) {
        return false;
    }

    @Override
    public boolean starting(UserId user, DeviceId device) {
        return false;
    }

    @Override
    public boolean registered(UserId user, DeviceId device) {
        return false;
    }

    @Override
    public List<Boolean> raiseAcks(List<AckAdvance> advances) {
        return advances.stream().map(advance -> false).toList();
    }

    @Override
    public List<Boolean> raiseReads(List<ReadAdvance> advances) {
        return advances.stream().map(advance -> false).toList();
    }

    @Override
    public Map<Place, Standing> standings(Collection<Place> places) {
        return Map.of();
    }

    @Override
    public Map<UserId, Standing> standings(ConversationId conversation) {
        return Map.of();
    }

    @Override
    public void forget(UserId user, Collection<ConversationId> conversations) {}

    @Override
    public Map<Place, Visible> visible(Collection<Place> places) {
        return Map.of();
    }

    @Override
    public List<Subscription> subscriptions(UserId user, Map<ConversationId, Long> reads) {
        return List.of();
    }
}
