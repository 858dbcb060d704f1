package io.lastack.mixed;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.Standing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Positions under a name of the conversation that has the log's epoch in it: those of another epoch are never found, so that a
 * log that came back older, once it has a new epoch, is not taken for confirmed by positions of what was lost. The names are
 * digests (SHA-256), which also lets several logs share a store of positions. Devices stay noted through all epochs.
 */
final class PositionsOfEpoch implements Positions {
    private final Positions positions;
    private final LogEpoch log;

    PositionsOfEpoch(Positions positions, LogEpoch log) {
        this.positions = positions;
        this.log = log;
    }

    private static ConversationId name(String epoch, ConversationId conversation) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(epoch.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] sum = digest.digest(conversation.value().getBytes(StandardCharsets.UTF_8));
            return ConversationId.group(Base64.getUrlEncoder().withoutPadding().encodeToString(sum));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private ConversationId name(ConversationId conversation) {
        return name(log.last(), conversation);
    }

    /** Asks for the epoch first: what is read from here on, for a login, is of no older one. */
    @Override
    public boolean starting(UserId user, DeviceId device) {
        log.epoch();
        return positions.starting(user, device);
    }

    @Override
    public boolean registered(UserId user, DeviceId device) {
        return positions.registered(user, device);
    }

    @Override
    public List<Boolean> raiseAcks(List<AckAdvance> advances) {
        String epoch = log.last();
        return raise(
                advances,
                a -> new AckAdvance(
                        new CursorKey(
                                name(epoch, a.key().conversation()),
                                a.key().user(),
                                a.key().device()),
                        a.seq(),
                        a.at()),
                positions::raiseAcks);
    }

    @Override
    public List<Boolean> raiseReads(List<ReadAdvance> advances) {
        String epoch = log.last();
        return raise(
                advances,
                a -> new ReadAdvance(name(epoch, a.conversation()), a.user(), a.seq(), a.at()),
                positions::raiseReads);
    }

    /** The names are in another order than the conversations. */
    private static <A extends Comparable<A>> List<Boolean> raise(
            List<A> advances, Function<A, A> named, Function<List<A>, List<Boolean>> raise) {
        List<A> all = advances.stream().map(named).toList();
        List<Integer> order = IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparing(all::get))
                .toList();
        List<Boolean> moved = raise.apply(order.stream().map(all::get).toList());
        Boolean[] answers = new Boolean[all.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[order.get(i)] = moved.get(i);
        }
        return List.of(answers);
    }

    @Override
    public Map<Place, Standing> standings(Collection<Place> places) {
        String epoch = log.last();
        Map<Place, Place> byName = new LinkedHashMap<>();
        places.forEach(place -> byName.put(new Place(name(epoch, place.conversation()), place.user()), place));
        Map<Place, Standing> found = new HashMap<>();
        positions.standings(byName.keySet()).forEach((name, standing) -> {
            Place place = byName.get(name);
            if (place != null) {
                found.put(place, standing);
            }
        });
        return found;
    }

    @Override
    public Map<UserId, Standing> standings(ConversationId conversation) {
        return positions.standings(name(conversation));
    }

    @Override
    public void forget(UserId user, Collection<ConversationId> conversations) {
        positions.forget(user, conversations.stream().map(this::name).toList());
    }
}
