package io.lastack.mixed;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Memberships;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.UserExport;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What both stores have of a user: the messages of the one, the devices of the other. */
final class MixedExport implements UserExport {
    private final UserExport log;
    private final Memberships memberships;
    private final Positions positions;
    private final Optional<UserExport> ofPositions;

    MixedExport(UserExport log, Memberships memberships, Positions positions, Optional<UserExport> ofPositions) {
        this.log = log;
        this.memberships = memberships;
        this.positions = positions;
        this.ofPositions = ofPositions;
    }

    @Override
    public List<DeviceId> devices(UserId user) {
        // A store of positions that exports nothing does not tell devices without a position.
        return ofPositions.map(export -> export.devices(user)).orElseGet(() -> withPositions(user));
    }

    private List<DeviceId> withPositions(UserId user) {
        List<Place> places = memberships.conversations(user).stream()
                .map(conversation -> new Place(conversation, user))
                .toList();
        TreeSet<DeviceId> devices = new TreeSet<>();
        positions
                .standings(places)
                .values()
                .forEach(s -> devices.addAll(s.acks().keySet()));
        return List.copyOf(devices);
    }

    @Override
    public Page sent(UserId user, @Nullable String position, int limit, int maxBytes) {
        return log.sent(user, position, limit, maxBytes);
    }
}
