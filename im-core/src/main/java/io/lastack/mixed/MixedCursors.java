package io.lastack.mixed;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.cursor.SortedAdvances;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Memberships;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Standing;
import io.lastack.spi.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Positions taken up to what the log's store says may be seen, and kept in the other. */
final class MixedCursors implements Cursors {
    private final Memberships log;
    private final PositionsElsewhere elsewhere;
    private final Positions positions;

    MixedCursors(Memberships log, PositionsElsewhere elsewhere, Positions positions) {
        this.log = log;
        this.elsewhere = elsewhere;
        this.positions = positions;
    }

    /**
     * Of a device that is known, one round trip to the positions; of a new one, two to four to them and up to two to the log. Who
     * stops half way leaves a device that still has to be started, and positions that the next start only raises.
     * Two calls at once begin at the higher of what each found.
     */
    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        if (!positions.starting(user, device)) {
            return false;
        }
        List<AckAdvance> starts = starts(user, device, start);
        if (!starts.isEmpty()) {
            positions.raiseAcks(starts);
        }
        return positions.registered(user, device);
    }

    private List<AckAdvance> starts(UserId user, DeviceId device, DeviceStart start) {
        if (start == DeviceStart.FIRST_VISIBLE) {
            return List.of();
        }
        List<Place> places = log.conversations(user).stream()
                .sorted()
                .map(conversation -> new Place(conversation, user))
                .toList();
        Map<Place, Standing> standings =
                start == DeviceStart.FIRST_UNACKNOWLEDGED && !places.isEmpty() ? positions.standings(places) : Map.of();
        Map<Place, Visible> visible = visible(places);
        List<AckAdvance> starts = new ArrayList<>();
        for (Place place : places) {
            Visible seen = visible.get(place);
            if (seen == null) {
                continue;
            }
            long acked = standings.getOrDefault(place, Standing.NONE).highestAck();
            long seq = start == DeviceStart.HEAD ? seen.visibleHead() : Math.min(acked, seen.visibleHead());
            if (seq > 0) {
                starts.add(new AckAdvance(new CursorKey(place.conversation(), user, device), seq));
            }
        }
        return starts;
    }

    /** One round trip to each of the two, as {@link #advanceReads}. */
    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        List<AckAdvance> checked = SortedAdvances.acks(advances);
        Map<Place, Visible> visible = visible(places(checked, MixedCursors::place));
        return advance(
                checked,
                advance -> refusal(visible.get(place(advance)), advance.seq(), v -> v.firstSeq() - 1),
                positions::raiseAcks);
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        List<ReadAdvance> checked = SortedAdvances.reads(advances);
        Map<Place, Visible> visible = visible(places(checked, MixedCursors::place));
        return advance(
                checked, advance -> refusal(visible.get(place(advance)), advance.seq(), v -> 0), positions::raiseReads);
    }

    private Map<Place, Visible> visible(Collection<Place> places) {
        return places.isEmpty() ? Map.of() : elsewhere.visible(places);
    }

    private static <A> Set<Place> places(List<A> advances, Function<A, Place> place) {
        Set<Place> places = new LinkedHashSet<>();
        advances.forEach(advance -> places.add(place.apply(advance)));
        return places;
    }

    private static Place place(AckAdvance advance) {
        return new Place(advance.key().conversation(), advance.key().user());
    }

    private static Place place(ReadAdvance advance) {
        return new Place(advance.conversation(), advance.user());
    }

    /** What is answered without asking whether the position moves; null if that has to be asked. */
    private static @Nullable AdvanceOutcome refusal(
            @Nullable Visible visible, long seq, ToLongFunction<Visible> least) {
        if (visible == null || seq > visible.visibleHead()) {
            return AdvanceOutcome.REFUSED;
        }
        return seq <= least.applyAsLong(visible) ? AdvanceOutcome.UNCHANGED : null;
    }

    private static <A> List<AdvanceOutcome> advance(
            List<A> advances, Function<A, @Nullable AdvanceOutcome> refusal, Function<List<A>, List<Boolean>> raise) {
        List<A> legal = advances.stream().filter(a -> refusal.apply(a) == null).toList();
        Iterator<Boolean> moved = (legal.isEmpty() ? List.<Boolean>of() : raise.apply(legal)).iterator();
        List<AdvanceOutcome> outcomes = new ArrayList<>(advances.size());
        for (A advance : advances) {
            AdvanceOutcome refused = refusal.apply(advance);
            if (refused != null) {
                outcomes.add(refused);
            } else {
                outcomes.add(moved.next() ? AdvanceOutcome.ADVANCED : AdvanceOutcome.UNCHANGED);
            }
        }
        return List.copyOf(outcomes);
    }
}
