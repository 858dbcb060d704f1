package io.lastack.receipt;

import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A group that keeps a row for every message and recipient, and the members' positions beside them. */
final class GroupWithRows {
    enum Kind {
        JOIN,
        LEAVE,
        SEND,
        ACK,
        READ
    }

    /** @param percent how much of the log an ACK or READ covers */
    record Event(Kind kind, UserId user, int percent) {}

    /** What became of one message for one member. */
    static final class Row {
        boolean delivered;
        boolean read;
    }

    private record Entry(UserId sender, Map<UserId, Row> rows) {}

    private final List<Entry> log = new ArrayList<>();
    private final Map<UserId, MemberState> states = new LinkedHashMap<>();

    void apply(Event event) {
        MemberState state = states.get(event.user);
        if (state == null) {
            if (event.kind == Kind.JOIN) {
                long joinedSeq = head() + 1;
                states.put(event.user, new MemberState(event.user, joinedSeq, MemberState.STILL_A_MEMBER, 0, 0, 0, 0));
                append(event.user);
            }
            return;
        }
        long position = head() * event.percent / 100;
        switch (event.kind) {
            case LEAVE -> leave(state);
            case SEND -> send(state);
            case ACK -> ack(state, position);
            case READ -> read(state, position);
            case JOIN -> {}
        }
    }

    long head() {
        return log.size();
    }

    Collection<MemberState> states() {
        return states.values();
    }

    UserId sender(long seq) {
        return entry(seq).sender;
    }

    Set<UserId> recipients(long seq, Predicate<Row> which) {
        return entry(seq).rows.entrySet().stream()
                .filter(row -> !row.getKey().equals(sender(seq)) && which.test(row.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    long sentBy(UserId user, SeqRange range) {
        return log.subList((int) range.first() - 1, (int) range.last()).stream()
                .filter(entry -> entry.sender.equals(user))
                .count();
    }

    long unread(UserId user) {
        return log.stream()
                .filter(entry -> !entry.sender.equals(user))
                .map(entry -> entry.rows.get(user))
                .filter(row -> row != null && !row.read)
                .count();
    }

    private void leave(MemberState state) {
        if (state.lastSeq() == MemberState.STILL_A_MEMBER) {
            append(state.user());
            states.put(
                    state.user(),
                    new MemberState(
                            state.user(),
                            state.firstSeq(),
                            head(),
                            state.lastAck(),
                            0,
                            state.lastRead(),
                            state.readAt()));
        }
    }

    private void send(MemberState state) {
        if (state.lastSeq() == MemberState.STILL_A_MEMBER) {
            append(state.user());
        }
    }

    private void ack(MemberState state, long position) {
        log.stream()
                .limit(position)
                .filter(entry -> entry.rows.containsKey(state.user()))
                .forEach(entry -> entry.rows.get(state.user()).delivered = true);
        long lastAck = Math.max(state.lastAck(), position);
        states.put(
                state.user(),
                new MemberState(
                        state.user(), state.firstSeq(), state.lastSeq(), lastAck, 0, state.lastRead(), state.readAt()));
    }

    private void read(MemberState state, long position) {
        log.stream()
                .limit(position)
                .filter(entry -> entry.rows.containsKey(state.user()))
                .forEach(entry -> entry.rows.get(state.user()).read = entry.rows.get(state.user()).delivered = true);
        long lastRead = Math.max(state.lastRead(), position);
        states.put(
                state.user(),
                new MemberState(state.user(), state.firstSeq(), state.lastSeq(), state.lastAck(), 0, lastRead, 50));
    }

    private void append(UserId sender) {
        Map<UserId, Row> rows = states.values().stream()
                .filter(state -> state.lastSeq() == MemberState.STILL_A_MEMBER)
                .collect(Collectors.toMap(MemberState::user, state -> new Row()));
        log.add(new Entry(sender, rows));
    }

    private Entry entry(long seq) {
        return log.get((int) seq - 1);
    }
}
