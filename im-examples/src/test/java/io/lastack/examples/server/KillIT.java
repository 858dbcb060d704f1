package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed with SIGKILL under load, again and again: what it confirmed must be there, for everybody. */
class KillIT {
    private static final boolean HEAVY = Boolean.getBoolean("lastack.heavy");
    private static final int KILLS = Integer.getInteger("lastack.kills", HEAVY ? 15 : 4);
    private static final int USERS = 6;
    private static final String GROUP = "group:all";

    @TempDir
    Path directory;

    @Test
    void everyConfirmedMessageReachesEveryMemberOnceAndInOrderHoweverOftenTheServerIsKilled() {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        System.out.println("kill test: seed " + seed + ", kills " + KILLS);
        Random random = new Random(seed);
        try (ServerProcess server = ServerProcess.start(directory)) {
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                members.add(new Member("user" + i, i % 2 == 0 ? WireCodec.PROTO : WireCodec.JSON));
            }
            members.forEach(member -> member.connect(server));
            createGroup(members);
            for (int kill = 1; kill <= KILLS; kill++) {
                load(members, server, random);
                server.start();
                members.forEach(member -> member.connect(server));
                members.forEach(Member::resendUnconfirmed);
            }
            members.forEach(Member::awaitAllConfirmed);
            Ledger ledger = Ledger.of(members);
            members.forEach(member -> ledger.awaitReceivedBy(member));
            members.forEach(Member::absorb);
            ledger.check(members);
            System.out.printf(
                    "kill test: seed %d, %d kills, %d messages confirmed, %d sent again after a kill, 0 lost,"
                            + " %d repeats dropped by seq, %d conversations gapless, 0 failed starts%n",
                    seed,
                    KILLS,
                    ledger.confirmed(),
                    members.stream().mapToInt(Member::resent).sum(),
                    members.stream().mapToLong(Member::repeats).sum(),
                    ledger.conversations());
        }
    }

    private static void createGroup(List<Member> members) {
        List<String> names = members.stream().skip(1).map(Member::user).toList();
        WireClient owner = members.get(0).client();
        Result.Group group = (Result.Group) owner.await(owner.request(id ->
                        new ClientFrame.Group(id, null, new GroupAction.Create("all", "All", names, null, "create"))))
                .result();
        assertThat(group.conversation().value()).isEqualTo(GROUP);
        // Who has not heard of the group yet is not taken for a member by its connection.
        members.stream()
                .skip(1)
                .forEach(member -> member.client()
                        .awaitThat(member.user() + " to hear of the group", () -> member.hasAll(Map.of(GROUP, 1L))));
    }

    /** Everybody sends without waiting for the kill, which comes at a random moment. */
    private static void load(List<Member> members, ServerProcess server, Random random) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(700));
        while (System.nanoTime() < until) {
            for (Member member : members) {
                if (member.pending() < 32) {
                    String peer = "user:user" + random.nextInt(USERS);
                    boolean toGroup = random.nextInt(4) == 0 || peer.equals("user:" + member.user());
                    member.send(toGroup ? GROUP : peer);
                }
            }
            LockSupport.parkNanos(200_000);
        }
        server.kill();
        members.forEach(Member::lost);
    }
}
