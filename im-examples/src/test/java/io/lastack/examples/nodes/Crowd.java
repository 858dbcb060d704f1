package io.lastack.examples.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImRuntime;
import io.lastack.client.Connector;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** People who talk, in pairs and in groups of ten, until they are told to be quiet. */
final class Crowd implements AutoCloseable {
    private static final int GROUP = 10;
    private static final int MOST_WAITING = 5;
    private static final long PATIENCE_SECONDS = 120;

    final List<Person> people = new ArrayList<>();
    final Delays delays = new Delays();
    private final Map<Person, List<ConversationId>> groups = new HashMap<>();
    private final Random random;
    private final int perSecond;
    private volatile boolean talking;
    private volatile Thread talk = new Thread(() -> {});

    /** @param perSecond messages of all people together */
    Crowd(String name, int size, int perSecond, Connector nodes, ImRuntime runtime, Random random) {
        this.random = random;
        this.perSecond = perSecond;
        for (int i = 0; i < size; i++) {
            people.add(new Person(name + i, nodes, runtime, Nodes.SECRET, delays));
        }
    }

    void connect() {
        people.forEach(person -> person.client.start());
        awaitThat("all are online", () -> people.stream().allMatch(Person::isOnline));
    }

    void makeGroups(String name) {
        for (int first = 0; first + 2 < people.size(); first += GROUP) {
            List<Person> members = people.subList(first, Math.min(first + GROUP, people.size()));
            List<UserId> users = members.stream().map(person -> person.user).toList();
            ConversationId group = members.get(0)
                    .client
                    .requests()
                    .createGroup(name + first, "Some of us", users)
                    .toCompletableFuture()
                    .join()
                    .conversation();
            members.forEach(person ->
                    groups.computeIfAbsent(person, p -> new ArrayList<>()).add(group));
        }
        awaitThat(
                "all have heard of their groups",
                () -> groups.entrySet().stream()
                        .allMatch(entry -> entry.getValue().stream()
                                .noneMatch(group -> entry.getKey().log(group).isEmpty())));
    }

    void talk() {
        talking = true;
        talk = new Thread(this::run, "talk");
        talk.setDaemon(true);
        talk.start();
    }

    private void run() {
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (long next = System.nanoTime(); talking; next += interval) {
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            say();
        }
    }

    void say() {
        Person sender = people.get(random.nextInt(people.size()));
        List<ConversationId> mine = groups.getOrDefault(sender, List.of());
        boolean toGroup = !mine.isEmpty() && random.nextInt(4) == 0;
        Person peer = people.get(random.nextInt(people.size()));
        if (sender.client.outboxSize() < MOST_WAITING && (toGroup || peer != sender)) {
            sender.send(toGroup ? mine.get(random.nextInt(mine.size())).value() : "user:" + peer.user);
        }
    }

    void quiet() throws InterruptedException {
        talking = false;
        talk.join();
    }

    /** Waits until everything is confirmed, and everybody was shown the end of what concerns them. */
    void settle() {
        try {
            awaitThat("all is confirmed", () -> people.stream().allMatch(person -> person.client.outboxSize() == 0));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; unconfirmed: " + unconfirmed(), e);
        }
        Map<ConversationId, Long> heads = new HashMap<>();
        people.forEach(person ->
                person.confirmed.values().forEach(place -> heads.merge(place.conversation(), place.seq(), Math::max)));
        try {
            awaitThat("all is shown to everybody", () -> missing(heads).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; missing: " + missing(heads), e);
        }
    }

    /** Who has what in the outbox; ten of them. */
    private List<String> unconfirmed() {
        return people.stream()
                .filter(person -> person.client.outboxSize() > 0)
                .map(person -> person.user + " (" + person.client.state() + ") " + person.client.outboxSize())
                .limit(10)
                .toList();
    }

    /** Who was not shown the end of what, and what they were shown last; ten of them. */
    private List<String> missing(Map<ConversationId, Long> heads) {
        return people.stream()
                .flatMap(person -> heads.entrySet().stream()
                        .filter(head -> concerns(head.getKey(), person))
                        .filter(head -> !person.log(head.getKey()).containsKey(head.getValue()))
                        .map(head -> person.user + " (" + person.client.state() + ") of " + head.getKey() + " has "
                                + person.log(head.getKey()).size() + " of " + head.getValue()))
                .limit(10)
                .toList();
    }

    private boolean concerns(ConversationId conversation, Person person) {
        return conversation.kind() == ConversationId.Kind.GROUP
                ? groups.getOrDefault(person, List.of()).contains(conversation)
                : List.of(conversation.value().substring("direct:".length()).split("~"))
                        .contains(person.user.value());
    }

    /**
     * Each confirmed message, in its place, with everybody whom it concerns; nobody shown anything out of order.
     *
     * @return how many messages were confirmed
     */
    int check() {
        int confirmed = 0;
        for (Person sender : people) {
            assertThat(sender.wrong).isEmpty();
            for (var entry : sender.confirmed.entrySet()) {
                confirmed++;
                Person.Place place = entry.getValue();
                for (Person person : people) {
                    if (concerns(place.conversation(), person)) {
                        assertThat(person.log(place.conversation()).get(place.seq()))
                                .as("%s for %s", place, person.user)
                                .isEqualTo(Person.key(sender.user, entry.getKey()));
                    }
                }
            }
        }
        return confirmed;
    }

    long shown() {
        return people.stream()
                .flatMap(person -> person.shown.values().stream())
                .mapToLong(Map::size)
                .sum();
    }

    static void awaitThat(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in " + PATIENCE_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void close() {
        people.forEach(Person::close);
    }
}
