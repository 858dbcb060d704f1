package io.lastack.store.jdbc;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.ReadAdvance;
import io.lastack.cursor.SortedAdvances;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.Standing;
import io.lastack.store.jdbc.PositionRows.Move;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Positions in conversations whose log is in another store. */
final class JdbcPositions implements Positions {
    private static final Comparator<Move> ORDER = Comparator.comparing(
            Move::key,
            Comparator.comparingLong(PositionRows.Key::conversation)
                    .thenComparingLong(PositionRows.Key::user)
                    .thenComparing(PositionRows.Key::device));

    private static final String FORGET = "DELETE FROM lastack_position WHERE conv = ? AND usr = ?";
    private static final String FORGET_DEVICES = "DELETE FROM lastack_position_device WHERE usr = ?";

    private final Database database;
    private final NumberedNames conversations;
    private final NumberedNames users;
    private final PositionRows rows;
    private final StandingReader reader;

    JdbcPositions(Database database, NumberedNames conversations, NumberedNames users) {
        this.database = database;
        this.conversations = conversations;
        this.users = users;
        this.rows = new PositionRows(database.dialect().numbers());
        this.reader = new StandingReader(database.dialect().numbers());
    }

    @Override
    public boolean starting(UserId user, DeviceId device) {
        return database.inside(() -> {
            long owner = users.findOrAdd(user.value());
            return !database.read("look for a device", handle -> new NotedDevice(handle, owner, device).isRegistered())
                    && database.write("note a device", handle -> new NotedDevice(handle, owner, device).begin());
        });
    }

    @Override
    public boolean registered(UserId user, DeviceId device) {
        return database.inside(() -> {
            long owner = users.findOrAdd(user.value());
            return database.write("register a device", handle -> new NotedDevice(handle, owner, device).register());
        });
    }

    @Override
    public List<Boolean> raiseAcks(List<AckAdvance> advances) {
        return raise(
                SortedAdvances.acks(advances),
                advance -> advance.key().conversation(),
                advance -> advance.key().user(),
                (log, user, advance) -> new Move(
                        new PositionRows.Key(log, user, advance.key().device().value()), advance.seq(), advance.at()));
    }

    @Override
    public List<Boolean> raiseReads(List<ReadAdvance> advances) {
        return raise(
                SortedAdvances.reads(advances),
                ReadAdvance::conversation,
                ReadAdvance::user,
                (log, user, advance) ->
                        new Move(new PositionRows.Key(log, user, PositionRows.READ), advance.seq(), advance.at()));
    }

    private <A> List<Boolean> raise(
            List<A> advances,
            Function<A, ConversationId> conversation,
            Function<A, UserId> user,
            Numbered<A> numbered) {
        return advances.isEmpty() ? List.of() : database.inside(() -> raiseNow(advances, conversation, user, numbered));
    }

    private <A> List<Boolean> raiseNow(
            List<A> advances,
            Function<A, ConversationId> conversation,
            Function<A, UserId> user,
            Numbered<A> numbered) {
        Map<String, Long> logs = conversations.findOrAdd(
                advances.stream().map(a -> conversation.apply(a).value()).collect(Collectors.toSet()));
        Map<String, Long> people = users.findOrAdd(
                advances.stream().map(a -> user.apply(a).value()).collect(Collectors.toSet()));
        List<Move> moves = advances.stream()
                .map(a -> numbered.move(
                        Objects.requireNonNull(logs.get(conversation.apply(a).value())),
                        Objects.requireNonNull(people.get(user.apply(a).value())),
                        a))
                .toList();
        List<Integer> order = IntStream.range(0, moves.size())
                .boxed()
                .filter(i -> moves.get(i).seq() > 0)
                .sorted(Comparator.comparing(moves::get, ORDER))
                .toList();
        Boolean[] answers = new Boolean[moves.size()];
        Arrays.fill(answers, false);
        if (!order.isEmpty()) {
            boolean[] moved = database.write(
                    "raise positions",
                    handle -> rows.raise(
                            handle.getConnection(),
                            order.stream().map(moves::get).toList()));
            for (int i = 0; i < moved.length; i++) {
                answers[order.get(i)] = moved[i];
            }
        }
        return List.of(answers);
    }

    @Override
    public Map<Place, Standing> standings(Collection<Place> places) {
        return places.isEmpty()
                ? Map.of()
                : database.inside(() -> {
                    PlaceNumbers known = PlaceNumbers.find(conversations, users, places);
                    return known.isEmpty()
                            ? Map.of()
                            : database.read("read positions", handle -> reader.at(handle.getConnection(), known));
                });
    }

    @Override
    public Map<UserId, Standing> standings(ConversationId conversation) {
        return database.inside(() -> {
            Long log = conversations.find(Set.of(conversation.value())).get(conversation.value());
            return log == null
                    ? Map.of()
                    : database.read("read positions", handle -> reader.in(handle.getConnection(), log));
        });
    }

    @Override
    public void forget(UserId user, Collection<ConversationId> from) {
        database.inside(() -> {
            Long owner = users.find(Set.of(user.value())).get(user.value());
            if (owner == null) {
                return false;
            }
            Collection<Long> logs = conversations
                    .find(from.stream().map(ConversationId::value).collect(Collectors.toSet()))
                    .values();
            return database.write("forget positions", handle -> forget(handle, owner, logs));
        });
    }

    private static boolean forget(Handle handle, long user, Collection<Long> logs) {
        if (!logs.isEmpty()) {
            var batch = handle.prepareBatch(FORGET);
            logs.stream()
                    .sorted()
                    .forEach(log -> batch.bind(0, log).bind(1, user).add());
            batch.execute();
        }
        handle.createUpdate(FORGET_DEVICES).bind(0, user).execute();
        return true;
    }

    /** An advance in numbers. */
    private interface Numbered<A> {
        Move move(long log, long user, A advance);
    }
}
