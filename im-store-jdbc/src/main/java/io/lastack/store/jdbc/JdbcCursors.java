package io.lastack.store.jdbc;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.cursor.SortedAdvances;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import io.lastack.store.jdbc.CursorTables.AckMove;
import io.lastack.store.jdbc.CursorTables.ReadMove;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The positions. */
final class JdbcCursors implements Cursors {
    private static final Comparator<AckMove> ACK_ORDER = Comparator.comparingLong(AckMove::conversation)
            .thenComparingLong(AckMove::user)
            .thenComparingLong(AckMove::device);
    private static final Comparator<ReadMove> READ_ORDER =
            Comparator.comparingLong(ReadMove::conversation).thenComparingLong(ReadMove::user);

    private final Database database;
    private final NumberedNames conversations;
    private final NumberedNames users;
    private final Devices devices;

    JdbcCursors(Database database, NumberedNames conversations, NumberedNames users, Devices devices) {
        this.database = database;
        this.conversations = conversations;
        this.users = users;
        this.devices = devices;
    }

    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        return database.inside(() -> registerNow(user, device, start));
    }

    private boolean registerNow(UserId user, DeviceId device, DeviceStart start) {
        long owner = users.findOrAdd(user.value());
        while (true) {
            long number = devices.findOrAdd(owner, device);
            Registration.Outcome outcome =
                    database.write("register a device", handle -> new Registration(handle, owner, number).run(start));
            if (outcome != Registration.Outcome.GONE) {
                return outcome == Registration.Outcome.NEW;
            }
            devices.forget(owner, device);
        }
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        List<AckAdvance> sorted = SortedAdvances.acks(advances);
        return sorted.isEmpty() ? List.of() : database.inside(() -> advanceSortedAcks(sorted));
    }

    private List<AdvanceOutcome> advanceSortedAcks(List<AckAdvance> advances) {
        Map<String, Long> logs = numbers(
                conversations, advances, advance -> advance.key().conversation().value());
        Map<String, Long> people =
                numbers(users, advances, advance -> advance.key().user().value());
        Map<Long, Long> heads = heads(logs.values());
        AdvanceOutcome[] outcomes = refusedUnlessMoved(advances.size());
        List<AckMove> moves = new ArrayList<>(advances.size());
        for (int i = 0; i < advances.size(); i++) {
            AckAdvance advance = advances.get(i);
            Long conversation = logs.get(advance.key().conversation().value());
            Long user = people.get(advance.key().user().value());
            if (user != null && conversation != null && reaches(heads.get(conversation), advance.seq())) {
                long device = devices.findOrAdd(user, advance.key().device());
                moves.add(new AckMove(i, conversation, user, device, advance.seq(), advance.at()));
            }
        }
        moves.sort(ACK_ORDER);
        if (!moves.isEmpty()) {
            database.write("advance ack cursors", handle -> {
                database.dialect().cursors().raiseAcks(handle.getConnection(), moves, outcomes);
                return true;
            });
        }
        return List.of(outcomes);
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        List<ReadAdvance> sorted = SortedAdvances.reads(advances);
        return sorted.isEmpty() ? List.of() : database.inside(() -> advanceSortedReads(sorted));
    }

    private List<AdvanceOutcome> advanceSortedReads(List<ReadAdvance> advances) {
        Map<String, Long> logs = numbers(
                conversations, advances, advance -> advance.conversation().value());
        Map<String, Long> people =
                numbers(users, advances, advance -> advance.user().value());
        Map<Long, Long> heads = heads(logs.values());
        AdvanceOutcome[] outcomes = refusedUnlessMoved(advances.size());
        List<ReadMove> moves = new ArrayList<>(advances.size());
        for (int i = 0; i < advances.size(); i++) {
            ReadAdvance advance = advances.get(i);
            Long conversation = logs.get(advance.conversation().value());
            Long user = people.get(advance.user().value());
            if (user != null && conversation != null && reaches(heads.get(conversation), advance.seq())) {
                moves.add(new ReadMove(i, conversation, user, advance.seq(), advance.at()));
            }
        }
        moves.sort(READ_ORDER);
        if (!moves.isEmpty()) {
            database.write("advance read cursors", handle -> {
                database.dialect().cursors().raiseReads(handle.getConnection(), moves, outcomes);
                return true;
            });
        }
        return List.of(outcomes);
    }

    private static <A> Map<String, Long> numbers(NumberedNames names, List<A> advances, Function<A, String> name) {
        return names.find(advances.stream().map(name).collect(Collectors.toSet()));
    }

    /** Heads only rise, and member rows stay: what is checked before the transaction still holds inside it. */
    private Map<Long, Long> heads(Collection<Long> logs) {
        return database.read("read heads", handle -> database.dialect().log().heads(handle.getConnection(), logs));
    }

    private static boolean reaches(@Nullable Long head, long seq) {
        return head != null && seq <= head;
    }

    private static AdvanceOutcome[] refusedUnlessMoved(int size) {
        AdvanceOutcome[] outcomes = new AdvanceOutcome[size];
        Arrays.fill(outcomes, AdvanceOutcome.REFUSED);
        return outcomes;
    }
}
