package io.lastack.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.PresenceEntry;
import io.lastack.spi.RoomPlace;
import io.lastack.spi.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link PresenceDirectory} must do. A test of one extends this class; each test gets an empty directory. */
public abstract class PresenceDirectoryContract {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    /** An empty directory; asked once for each test. */
    protected abstract PresenceDirectory directory() throws Exception;

    /** Lets at least so much of the directory's time pass. */
    protected abstract void pass(Duration time) throws Exception;

    private static PresenceEntry entry(UserId user, String device, String node, String session, long since) {
        return new PresenceEntry(user, DeviceId.of(device), node, session, since, since, false, "");
    }

    private static List<String> sessions(UserPresence presence) {
        return presence.entries().stream().map(PresenceEntry::session).toList();
    }

    private static UserPresence lookup(PresenceDirectory directory, UserId user) {
        return directory.lookup(List.of(user)).get(0);
    }

    @Test
    void whoIsUnknownIsOffline() throws Exception {
        PresenceDirectory directory = directory();
        assertThat(directory.lookup(List.of(BOB, ALICE)))
                .containsExactly(UserPresence.unknown(BOB), UserPresence.unknown(ALICE));
        assertThat(directory.lookup(List.of())).isEmpty();
        assertThat(directory.online(null, 10)).isEmpty();
        assertThat(directory.members("lobby")).isEmpty();
    }

    @Test
    void anEntryIsFoundAsItWasMade() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        PresenceEntry phone = directory.claim(new PresenceEntry(
                BOB, DeviceId.of("phone"), "n1", "s1", 1_795_187_000_000L, 1_795_187_000_123L, true, "a smart phone"));
        PresenceEntry laptop = directory.claim(entry(BOB, "laptop", "n1", "s2", 5));
        assertThat(lookup(directory, BOB)).isEqualTo(new UserPresence(BOB, List.of(laptop, phone), 1_795_187_000_123L));
        assertThat(lookup(directory, BOB).isAway()).isFalse();
    }

    @Test
    void aClaimComesAfterThoseOfTheUsersOtherDevices() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        PresenceEntry phone = directory.claim(entry(BOB, "phone", "n1", "s1", 1_795_187_000_000L));
        PresenceEntry laptop = directory.claim(entry(BOB, "laptop", "n1", "s2", 7));
        PresenceEntry other = directory.claim(entry(ALICE, "phone", "n1", "s3", 7));
        assertThat(laptop.isAfter(phone)).isTrue();
        assertThat(other.since()).isEqualTo(7);
    }

    @Test
    void aClaimTakesThePlaceOfAnyOtherAndComesAfterIt() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        directory.begin("n2", LONG);
        PresenceEntry first = directory.claim(entry(BOB, "phone", "n1", "s1", 1_795_187_000_000L));
        PresenceEntry second = directory.claim(entry(BOB, "phone", "n2", "s0", 7));
        assertThat(second.since()).isEqualTo(first.since() + 1);
        assertThat(second.isAfter(first)).isTrue();
        assertThat(lookup(directory, BOB).entries()).containsExactly(second);
    }

    @Test
    void anOlderEntryIsNotPutOverALaterOneAndLeavesItAlone() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        directory.begin("n2", LONG);
        PresenceEntry older = directory.claim(entry(BOB, "phone", "n1", "s1", 10));
        PresenceEntry later = directory.claim(entry(BOB, "phone", "n2", "s2", 10));
        assertThat(directory.put(List.of(older, later))).containsExactly(later, later);

        directory.leave(List.of(older));
        assertThat(lookup(directory, BOB).entries()).containsExactly(later);
        PresenceEntry active = later.withActivity(99, true);
        assertThat(directory.put(List.of(active))).containsExactly(active);
        assertThat(lookup(directory, BOB).entries()).containsExactly(active);
    }

    @Test
    void whatIsLostCanBePutAgain() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        PresenceEntry entry = entry(BOB, "phone", "n1", "s1", 10);
        assertThat(directory.put(List.of(entry))).containsExactly(entry);
        assertThat(lookup(directory, BOB).entries()).containsExactly(entry);
        assertThat(directory.online(null, 10)).containsExactly(BOB);
    }

    @Test
    void whoLeftIsOfflineAndTheLastActivityIsRemembered() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        PresenceEntry entry = directory.claim(entry(BOB, "phone", "n1", "s1", 10));
        directory.leave(List.of(entry.withActivity(50, false)));
        directory.leave(List.of(entry));
        assertThat(lookup(directory, BOB)).isEqualTo(new UserPresence(BOB, List.of(), 50));
        assertThat(directory.online(null, 10)).isEmpty();
    }

    @Test
    void whatADeadNodeEnteredEndsWithItsLease() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("dead", Duration.ofMillis(300));
        directory.begin("n1", LONG);
        directory.claim(entry(BOB, "phone", "dead", "s1", 10));
        PresenceEntry alive = directory.claim(entry(BOB, "laptop", "n1", "s2", 10));
        directory.enterRooms(List.of(new RoomPlace("lobby", BOB, "dead"), new RoomPlace("lobby", ALICE, "n1")));
        pass(Duration.ofMillis(400));
        assertThat(lookup(directory, BOB).entries()).containsExactly(alive);
        assertThat(directory.members("lobby")).containsExactly(ALICE);
        assertThat(directory.renew("n1", LONG)).isTrue();
        assertThat(directory.renew("dead", LONG)).as("told to enter all again").isFalse();
        assertThat(directory.renew("dead", LONG)).isTrue();
    }

    @Test
    void aRenewedLeaseGoesOn() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", Duration.ofMillis(300));
        directory.claim(entry(BOB, "phone", "n1", "s1", 10));
        assertThat(directory.renew("n1", LONG)).isTrue();
        pass(Duration.ofMillis(400));
        assertThat(lookup(directory, BOB).isOnline()).isTrue();
    }

    @Test
    void aNodeThatEndsOrBeginsAnewHoldsNothing() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        directory.begin("n2", LONG);
        for (int i = 0; i < 1_100; i++) {
            directory.put(List.of(entry(UserId.of("u" + i), "phone", i % 2 == 0 ? "n1" : "n2", "s" + i, 10)));
        }
        directory.enterRooms(List.of(new RoomPlace("lobby", ALICE, "n1"), new RoomPlace("lobby", BOB, "n2")));
        directory.begin("n1", LONG);
        assertThat(lookup(directory, UserId.of("u0")).isOnline()).isFalse();
        assertThat(lookup(directory, UserId.of("u1")).isOnline()).isTrue();
        assertThat(directory.members("lobby")).containsExactly(BOB);
        directory.end("n2");
        assertThat(directory.online(null, 1_000)).isEmpty();
        assertThat(directory.members("lobby")).isEmpty();
    }

    @Test
    void usersOnlineComeInPagesEachOnce() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        directory.begin("n2", LONG);
        List<UserId> all = IntStream.range(0, 25)
                .mapToObj(i -> UserId.of("user-" + i))
                .sorted()
                .toList();
        for (UserId user : all) {
            directory.claim(entry(user, "phone", "n1", "a" + user, 10));
            directory.claim(entry(user, "laptop", "n2", "b" + user, 10));
        }
        directory.leave(List.of(entry(all.get(3), "phone", "n1", "a" + all.get(3), 10)));
        List<UserId> found = new ArrayList<>();
        List<UserId> page;
        do {
            page = directory.online(found.isEmpty() ? null : found.get(found.size() - 1), 10);
            found.addAll(page);
        } while (!page.isEmpty());
        assertThat(found).isEqualTo(all);
    }

    @Test
    void aUserOfOneNodeStaysListedUntilTheLastDeviceLeaves() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        PresenceEntry phone = directory.claim(entry(BOB, "phone", "n1", "s1", 10));
        PresenceEntry laptop = directory.claim(entry(BOB, "laptop", "n1", "s2", 10));
        directory.leave(List.of(phone));
        assertThat(directory.online(null, 10)).containsExactly(BOB);
        assertThat(sessions(lookup(directory, BOB))).containsExactly("s2");
        directory.leave(List.of(laptop));
        assertThat(directory.online(null, 10)).isEmpty();
    }

    @Test
    void aUserInARoomByTwoNodesCountsOnce() throws Exception {
        PresenceDirectory directory = directory();
        directory.begin("n1", LONG);
        directory.begin("n2", LONG);
        directory.enterRooms(List.of(
                new RoomPlace("lobby", BOB, "n1"),
                new RoomPlace("lobby", BOB, "n2"),
                new RoomPlace("lobby", ALICE, "n2")));
        assertThat(directory.members("lobby")).containsExactly(ALICE, BOB);
        assertThat(directory.count("lobby")).isEqualTo(2);
        directory.leaveRooms(List.of(new RoomPlace("lobby", BOB, "n1"), new RoomPlace("other", BOB, "n1")));
        assertThat(directory.members("lobby")).containsExactly(ALICE, BOB);
        directory.leaveRooms(List.of(new RoomPlace("lobby", BOB, "n2")));
        assertThat(directory.members("lobby")).containsExactly(ALICE);
    }
}
