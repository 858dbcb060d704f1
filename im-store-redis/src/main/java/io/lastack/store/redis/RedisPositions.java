package io.lastack.store.redis;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Positions in conversations that lie in another store: one call for those of a conversation, all sent together. */
final class RedisPositions implements Positions {
    private final Server server;
    private final Keys keys;

    RedisPositions(Server server, Keys keys) {
        this.server = server;
        this.keys = keys;
    }

    @Override
    public boolean starting(UserId user, DeviceId device) {
        Call call = Script.DEVICE.on(keys.elsewhere(user), Arguments.of(device));
        return server.call("register a device", call).number() == 1;
    }

    @Override
    public boolean registered(UserId user, DeviceId device) {
        Call call = Script.REGISTERED.on(keys.elsewhere(user), Arguments.of(device));
        return server.call("register a device", call).number() == 1;
    }

    /** A device that comes to its first position in a conversation is noted with its user before, in two more round trips. */
    @Override
    public List<Boolean> raiseAcks(List<AckAdvance> advances) {
        String letters = raise(advances, 0);
        List<AckAdvance> first = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) == 'N') {
                first.add(advances.get(i));
            }
        }
        noteDevices(first);
        StringBuilder all = new StringBuilder(letters);
        int from = 0;
        for (char letter : raise(first, 1).toCharArray()) {
            from = all.indexOf("N", from);
            all.setCharAt(from, letter);
        }
        return raised(all);
    }

    private String raise(List<AckAdvance> advances, int noted) {
        return Advances.ACKS.call(server, Script.RAISE_ACKS, keys::conversation, advances, noted);
    }

    private void noteDevices(List<AckAdvance> advances) {
        Map<UserId, Set<DeviceId>> byUser = new TreeMap<>();
        advances.forEach(advance -> byUser.computeIfAbsent(advance.key().user(), user -> new TreeSet<>())
                .add(advance.key().device()));
        server.calls(
                "note devices",
                byUser.entrySet().stream()
                        .map(entry -> Script.NOTE_DEVICES.on(
                                keys.elsewhere(entry.getKey()), Arguments.of().addAll(entry.getValue())))
                        .toList());
    }

    @Override
    public List<Boolean> raiseReads(List<ReadAdvance> advances) {
        return raised(Advances.READS.call(server, Script.RAISE_READS, keys::conversation, advances));
    }

    private static List<Boolean> raised(CharSequence letters) {
        return letters.chars().mapToObj(letter -> letter == 'A').toList();
    }

    @Override
    public Map<Place, Standing> standings(Collection<Place> places) {
        Map<Place, Standing> standings = new HashMap<>();
        Places.look(
                server,
                keys,
                Script.POSITIONS,
                places,
                (place, reply) -> standings.put(place, StoredStanding.parse(reply.text())));
        return standings;
    }

    @Override
    public Map<UserId, Standing> standings(ConversationId conversation) {
        Reply pairs =
                server.call("read positions", Script.ALL_POSITIONS.on(keys.conversation(conversation), Arguments.of()));
        Map<UserId, Standing> standings = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            standings.put(
                    UserId.of(pairs.at(i).text()),
                    StoredStanding.parse(pairs.at(i + 1).text()));
        }
        return standings;
    }

    @Override
    public void forget(UserId user, Collection<ConversationId> conversations) {
        List<Call> calls = new ArrayList<>();
        calls.add(Script.FORGET_DEVICES.on(keys.elsewhere(user), Arguments.of()));
        conversations.stream()
                .distinct()
                .forEach(id -> calls.add(Script.FORGET_POSITIONS.on(keys.conversation(id), Arguments.of(user))));
        server.calls("forget positions", calls);
    }
}
