package io.lastack.testkit.store.fault;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogRetention;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sound store that declares every power and uses none. */
final class IdlePowers extends Faulty implements LogRetention, UserErasure, UserExport, EpochRenewal, DeliveryMarks {
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
}
