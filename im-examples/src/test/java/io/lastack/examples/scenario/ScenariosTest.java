package io.lastack.examples.scenario;

import static io.lastack.examples.scenario.Phone.await;
import static io.lastack.examples.scenario.Phone.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.client.RequestFailedException;
import io.lastack.examples.social.WatchTogether;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.RoomAction;
import io.lastack.spi.UndeliveredListener.Undelivered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people expect of a messenger, each with Java clients over WebSockets to two nodes (in protobuf to the first, in JSON to
 * the second), with several users and devices, one of whom is away for a part of it.
 */
class ScenariosTest {
    @TempDir
    static Path folder;

    private static TwoNodes nodes;

    private final List<Phone> phones = new ArrayList<>();

    @BeforeAll
    static void start() {
        nodes = new TwoNodes(folder);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @AfterEach
    void hangUp() {
        phones.forEach(Phone::close);
    }

    private Phone phone(int node, String user) {
        return phone(node, user, "phone");
    }

    private Phone phone(int node, String user, String device) {
        Phone phone = new Phone(nodes, node, user, device, "member");
        phones.add(phone);
        return phone;
    }

    private static ConversationId group(Phone owner, String name, UserId... members) {
        return done(owner.client.requests().createGroup(name, "The " + name, List.of(members)))
                .conversation();
    }

    private static void change(Phone phone, ConversationId group, GroupAction action) {
        done(phone.client.requests().changeGroup(group, action));
    }

    private static void refused(int code, CompletionStage<?> stage) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailedException.class,
                        e -> assertThat(e.status().code()).isEqualTo(code));
    }

    private static List<String> changes(Phone phone, ConversationId group) {
        return phone.in(group).stream()
                .map(entry -> entry.content().ext().get("change"))
                .toList();
    }

    @Test
    void aGroupGoesItsWayAndWhoWasAwayHearsOfEveryChangeInOrder() {
        Phone ann = phone(0, "g-ann");
        Phone ben = phone(1, "g-ben");
        UserId cat = UserId.of("g-cat");
        ConversationId crew = group(ann, "crew", ben.user, cat);
        change(ann, crew, new GroupAction.Rename("Rowers"));
        change(ann, crew, new GroupAction.SetAttributes(Map.of("topic", "Sundays")));
        change(ann, crew, new GroupAction.AddMembers(List.of("g-dan")));
        change(ann, crew, new GroupAction.MuteMember("g-dan", 4_000_000_000_000L));
        change(ann, crew, new GroupAction.Transfer("g-ben"));
        ben.awaitSeq(crew, 6);
        change(ben, crew, new GroupAction.RemoveMembers(List.of("g-dan")));
        refused(409, ben.client.requests().changeGroup(crew, new GroupAction.Leave()));
        change(ann, crew, new GroupAction.Leave());

        Phone back = phone(1, "g-cat");
        back.awaitSeq(crew, 8);
        assertThat(changes(back, crew))
                .containsExactly("created", "renamed", "attributes", "joined", "muted", "owner", "removed", "left");
        Result.Group info = done(back.client.requests().group(crew));
        assertThat(info.name()).isEqualTo("Rowers");
        assertThat(info.info()).isEqualTo(new Result.GroupInfo(Map.of("topic", "Sundays"), "join", 2, "member", 0));
        Result.Group first = done(back.client.requests().members(crew, null, 1));
        assertThat(first.members()).extracting(Result.GroupMember::user).containsExactly(ben.user);
        assertThat(done(back.client.requests().members(crew, first.after(), 5)).members())
                .extracting(Result.GroupMember::user)
                .containsExactly(cat);
        change(ben, crew, new GroupAction.Dissolve());
        back.awaitSeq(crew, 9);
        assertThat(done(ben.client.requests().conversations(null, 10)).conversations())
                .allMatch(row -> row.leftSeq() == 9);
    }

    @Test
    void theAuthorSeesWhoHasAMessageAndWhoHasReadItAndWhen() {
        Phone ann = phone(0, "r-ann");
        Phone ben = phone(1, "r-ben");
        Phone desk = phone(0, "r-ben", "desk");
        UserId cat = UserId.of("r-cat");
        ConversationId crew = group(ann, "readers", ben.user, cat);
        long before = System.currentTimeMillis();
        long seq = done(ann.client.send(crew, Content.text("who reads this?"))).seq();
        ben.awaitSeq(crew, seq);
        desk.awaitSeq(crew, seq);
        await(() -> done(ann.client.requests().receiptCounts(crew, seq)).deliveredCount() == 1);
        assertThat(desk.row(crew).unread()).isEqualTo(1);
        done(ben.client.read(crew, seq));

        await(() -> ann.receipts.stream().anyMatch(r -> r.user().equals(ben.user) && r.lastRead() == seq));
        await(() -> desk.receipts.stream().anyMatch(r -> r.user().equals(ben.user) && r.lastRead() == seq));
        assertThat(desk.row(crew).unread()).as("the badge of the other device").isZero();
        Result.Receipts lists = done(ann.client.requests().receipts(crew, seq));
        assertThat(lists.readBy()).extracting(Result.Reader::user).containsExactly(ben.user);
        assertThat(lists.unreadBy()).containsExactly(cat);
        assertThat(lists.deliveredTo()).extracting(Result.Reader::user).containsExactly(ben.user);
        long delivered = lists.deliveredTo().get(0).at();
        assertThat(delivered).isBetween(before, lists.readBy().get(0).at());

        Phone back = phone(1, "r-cat");
        back.awaitSeq(crew, seq);
        await(() -> done(ann.client.requests().receiptCounts(crew, seq)).deliveredCount() == 2);
        assertThat(back.row(crew).unread()).isEqualTo(1);
        done(back.client.requests().readAll());
        await(() -> done(ann.client.requests().receiptCounts(crew, seq)).readCount() == 2);
    }

    @Test
    void friendsFindOneAnotherThoughTheyAreNeverOnlineTogether() {
        Phone ann = phone(0, "f-ann");
        UserId ben = UserId.of("f-ben");
        done(ann.friendships.ask(ann.client, ben, "It is me"));
        ann.close();

        Phone his = phone(1, "f-ben");
        Phone desk = phone(0, "f-ben", "desk");
        await(() -> his.friendships.waiting().contains(ann.user)
                && desk.friendships.waiting().contains(ann.user));
        done(his.friendships.answer(his.client, ann.user, true));
        await(() -> desk.friendships.friends().contains(ann.user)
                && desk.friendships.waiting().isEmpty());
        his.close();
        desk.close();

        Phone again = phone(1, "f-ann");
        await(() -> again.friendships.friends().contains(ben));
        Phone later = phone(1, "f-ben", "tablet");
        assertThat(done(later.client.requests().fetchBefore(ConversationId.inbox(ben), 0, 10))
                        .messages())
                .first()
                .matches(request -> "accepted".equals(request.content().ext().get("status")));
    }

    @Test
    void whatIsRecalledEditedAndReactedToIsSoForWhoComesLater() {
        Phone ann = phone(0, "v-ann");
        UserId ben = UserId.of("v-ben");
        ConversationId direct = ConversationId.direct(ann.user, ben);
        done(ann.client.send(ben, Content.text("draft")));
        done(ann.client.send(ben, Content.text("secret")));
        done(ann.client.edit(direct, 1, "final, @v-ben", List.of(ben)));
        done(ann.client.recall(direct, 2));
        done(ann.client.react(direct, 1, "\ud83d\udc4d", false));

        Phone back = phone(1, "v-ben");
        back.awaitSeq(direct, 5);
        List<Message> shown = back.in(direct);
        assertThat(shown).extracting(Message::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(shown.get(0).content().payload().asText()).isEqualTo("final, @v-ben");
        assertThat(shown.get(1).content().kind()).isEqualTo(Content.RECALLED);
        assertThat(shown.get(1).content().payload().size()).isZero();
        assertThat(back.row(direct).unread())
                .as("the recalled one does not count")
                .isEqualTo(1);
        assertThat(back.row(direct).mentions()).isEqualTo(1);
        assertThat(done(back.client.requests().fetchBefore(direct, 0, 10)).reactions())
                .hasSize(1)
                .allMatch(reaction -> reaction.target() == 1 && reaction.user().equals(ann.user));
    }

    @Test
    void presenceFollowsAllDevicesOnAllNodesAndHidesFromTheBlocked() {
        Phone ann = phone(0, "p-ann");
        Phone ben = phone(1, "p-ben");
        Phone desk = phone(0, "p-ben", "desk");
        List<UserId> watched = List.of(ben.user);
        assertThat(done(ann.client.requests().presence(watched, List.of())).users())
                .allMatch(now -> now.online() && now.devices().size() == 2);
        ben.close();
        await(() -> lastPresence(ann, 1, true));
        desk.close();
        await(() -> lastPresence(ann, 0, false));
        Phone back = phone(1, "p-ben");
        await(() -> lastPresence(ann, 1, true));

        done(back.client.requests().block(ann.user, true));
        await(() -> lastPresence(ann, 0, false));
        done(back.client.requests().block(ann.user, false));
        await(() -> lastPresence(ann, 1, true));
    }

    private static boolean lastPresence(Phone phone, int devices, boolean online) {
        return !phone.presences.isEmpty()
                && phone.presences.get(phone.presences.size() - 1).online() == online
                && phone.presences.get(phone.presences.size() - 1).devices().size() == devices;
    }

    @Test
    void aRoomPlaysForAllAlsoForWhoComesLaterAndTypingIsSeen() {
        AtomicLong clock = new AtomicLong(1_000);
        Phone ann = phone(0, "m-ann");
        Phone ben = phone(1, "m-ben");
        WatchTogether hers = player(ann, clock);
        WatchTogether his = player(ben, clock);
        done(hers.join());
        done(his.join());
        done(hers.seek(90_000));
        done(hers.play());
        await(his::isPlaying);
        clock.addAndGet(5_000);
        assertThat(his.position()).isEqualTo(95_000);

        Phone cat = phone(1, "m-cat");
        WatchTogether late = player(cat, clock);
        assertThat(done(late.join()).count()).isEqualTo(3);
        await(late::isPlaying);
        assertThat(late.position()).isEqualTo(95_000);
        done(late.pause());
        await(() -> !hers.isPlaying() && !his.isPlaying());
        assertThat(hers.position()).isEqualTo(95_000);

        Phone guest = new Phone(nodes, 0, "m-guest", "phone", "guest");
        phones.add(guest);
        refused(403, guest.client.requests().room("private-box", new RoomAction.Join()));
        ConversationId direct = ConversationId.direct(ann.user, ben.user);
        done(ann.client.send(ben.user, Content.text("see?")));
        ben.awaitSeq(direct, 1);
        ben.client.signal(direct, "typing", Body.NONE);
        await(() -> ann.signals.stream().anyMatch(signal -> signal.event().equals("typing")));
        nodes.engines.get(0).rooms().broadcast(ann.user, "maintenance", Body.of("at noon"));
        for (Phone each : List.of(ben, cat, guest)) {
            await(() -> each.roomEvents.stream().anyMatch(event -> event.event().equals("maintenance")));
        }
    }

    private static WatchTogether player(Phone phone, AtomicLong clock) {
        WatchTogether player = new WatchTogether(phone.client, "cinema", clock::get);
        phone.players.add(player::roomEvent);
        return player;
    }

    @Test
    void blocksRolesAndFiltersHoldOnEveryNode() {
        Phone ann = phone(0, "b-ann");
        UserId ben = UserId.of("b-ben");
        Phone guest = new Phone(nodes, 1, "b-guest", "phone", "guest");
        phones.add(guest);
        refused(403, guest.client.requests().createGroup(null, "Guests", List.of(ann.user)));
        refused(422, ann.client.send(ben, Content.text("say plugh")));
        refused(413, ann.client.send(ben, Content.text("x".repeat(1_001))));
        done(ann.client.send(ben, Content.text("hello")));

        Phone his = phone(1, "b-ben");
        his.awaitSeq(ConversationId.direct(ann.user, ben), 1);
        done(his.client.requests().block(guest.user, true));
        his.close();
        refused(403, guest.client.send(ben, Content.text("let me in")));
        refused(403, guest.client.requests().notify(ben, "poke", "", "", Map.of()));
        Phone back = phone(0, "b-ben");
        assertThat(done(back.client.requests().blocked(null, 10)).users()).containsExactly(guest.user);
        done(back.client.requests().block(guest.user, false));
    }

    @Test
    void whoIsAwayIsPushedOnceForEachMessageWithTheBadge() {
        Phone ann = phone(0, "u-ann");
        Phone ben = phone(1, "u-ben");
        UserId cat = UserId.of("u-cat");
        ConversationId crew = group(ann, "pushed", ben.user, cat);
        long first = done(ann.client.send(crew, Content.text("one"))).seq();
        await(() -> pushed(cat).size() == 1);
        long second = done(ann.client.send(crew, Content.text("two"))).seq();
        await(() -> pushed(cat).size() == 2);

        assertThat(pushed(cat))
                .containsExactly(
                        new Undelivered(cat, crew, first, first, 1), new Undelivered(cat, crew, second, second, 2));
        assertThat(pushed(ben.user)).as("ben's phone has both").isEmpty();
        Phone back = phone(1, "u-cat");
        back.awaitSeq(crew, second);
        assertThat(back.row(crew).unread()).isEqualTo(2);
    }

    private static List<Undelivered> pushed(UserId user) {
        return nodes.undelivered.stream().filter(u -> u.user().equals(user)).toList();
    }

    @Test
    void everythingIsThereAfterARestartOfAllNodes(@TempDir Path own) {
        ConversationId crew;
        Result.Receipts before;
        try (TwoNodes first = new TwoNodes(own);
                Phone ann = new Phone(first, 0, "x-ann", "phone", "member");
                Phone ben = new Phone(first, 1, "x-ben", "phone", "member")) {
            crew = group(ann, "kept", ben.user);
            change(ann, crew, new GroupAction.SetAttributes(Map.of("topic", "Sundays")));
            change(ann, crew, new GroupAction.SetRole("x-ben", "admin"));
            long seq = done(ann.client.send(crew, Content.text("hello"))).seq();
            ben.awaitSeq(crew, seq);
            done(ben.client.read(crew, seq));
            done(ben.client.react(crew, seq, "\ud83d\udc4d", false));
            done(ben.client.requests().settings(crew, new ConversationSettings(0, true, false)));
            done(ben.client.requests().block(UserId.of("x-mallory"), true));
            before = done(ann.client.requests().receipts(crew, seq));
        }
        try (TwoNodes second = new TwoNodes(own);
                Phone ann = new Phone(second, 1, "x-ann", "phone", "member");
                Phone ben = new Phone(second, 0, "x-ben", "phone", "member")) {
            assertThat(done(ben.client.requests().group(crew)).info())
                    .isEqualTo(new Result.GroupInfo(Map.of("topic", "Sundays"), "join", 2, "admin", 0));
            Result.Receipts after = done(ann.client.requests().receipts(crew, before.seq()));
            assertThat(after.readBy()).isEqualTo(before.readBy()).hasSize(1);
            assertThat(after.deliveredTo()).hasSize(1).allMatch(mark -> mark.at() > 0);
            assertThat(done(ann.client.requests().fetchBefore(crew, 0, 10)).reactions())
                    .hasSize(1);
            assertThat(ben.row(crew).settings()).isEqualTo(new ConversationSettings(0, true, false));
            assertThat(ben.row(crew).unread()).isZero();
            assertThat(done(ben.client.requests().blocked(null, 10)).users()).containsExactly(UserId.of("x-mallory"));
        }
    }

    @Test
    void aConversationIsShownAlikeOnAllDevicesOfItsUser() {
        Phone ann = phone(0, "s-ann");
        Phone ben = phone(1, "s-ben");
        ConversationId direct = ConversationId.direct(ann.user, ben.user);
        done(ann.client.send(ben.user, Content.text("hello")));
        Phone desk = phone(0, "s-ben", "desk");
        desk.awaitSeq(direct, 1);
        desk.close();
        ConversationSettings wanted = new ConversationSettings(4_000_000_000_000L, true, true);
        done(ben.client.requests().settings(direct, wanted));
        done(ben.client.read(direct, 1));

        Phone back = phone(0, "s-ben", "desk");
        ConversationId inbox = ConversationId.inbox(ben.user);
        back.awaitSeq(inbox, 1);
        assertThat(ConversationSettings.fromExt(back.in(inbox).get(0).content().ext()))
                .isEqualTo(wanted);
        assertThat(back.row(direct).settings()).isEqualTo(wanted);
        assertThat(back.row(direct).unread()).isZero();
        assertThat(ann.row(direct).settings()).isEqualTo(ConversationSettings.NONE);
    }
}
