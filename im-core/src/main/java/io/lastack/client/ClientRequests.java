package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import io.lastack.session.RoomAction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks the server, messages and read positions apart. Each stage completes with the server's result, or
 * exceptionally: with {@link RequestFailedException} if the server says no (also for 429 and 503, which say when to try
 * again), with {@link UnansweredException} if there is no answer, or no link, within the request timeout.
 *
 * <p>A request made while there is no link waits for one. When a link is lost, requests that do no harm twice are made
 * again on the next one; the others (most changes to groups, publishing) fail, since nobody knows whether they took
 * effect. Safe for use by several threads.
 */
public final class ClientRequests {
    private final Calls calls;
    private final Supplier<ClientMessageId> ids;

    ClientRequests(Calls calls, Supplier<ClientMessageId> ids) {
        this.calls = calls;
        this.ids = ids;
    }

    /**
     * The messages above {@code seq}, oldest first.
     *
     * @param limit at most what the server allows in one page (200)
     */
    public CompletionStage<Result.Fetch> fetchAfter(ConversationId conversation, long seq, int limit) {
        return fetch(conversation, seq, 0, limit);
    }

    /**
     * The newest messages below {@code seq}; of the whole log if it is 0.
     *
     * @param limit see {@link #fetchAfter}
     */
    public CompletionStage<Result.Fetch> fetchBefore(ConversationId conversation, long seq, int limit) {
        return fetch(conversation, 0, seq, limit);
    }

    /**
     * A page of the user's conversations.
     *
     * @param cursor from the page before; null for the first
     */
    public CompletionStage<Result.Conversations> conversations(@Nullable String cursor, int limit) {
        return repeatable(
                "conversations", Result.Conversations.class, id -> new ClientFrame.Conversations(id, cursor, limit));
    }

    /** Who has read a message, who has not, and whom it has reached. */
    public CompletionStage<Result.Receipts> receipts(ConversationId conversation, long seq) {
        return repeatable(
                "receipts", Result.Receipts.class, id -> new ClientFrame.Receipts(id, conversation.value(), seq));
    }

    /**
     * Creates a group with this user as owner.
     *
     * @param group the id wanted; null to be given one
     */
    public CompletionStage<Result.Group> createGroup(@Nullable String group, String name, Collection<UserId> members) {
        GroupAction create = new GroupAction.Create(
                group, name, strings(members), null, ids.get().value());
        return repeatable("group create", Result.Group.class, id -> new ClientFrame.Group(id, null, create));
    }

    /** Changes a group, as far as the user's role allows. */
    public CompletionStage<Result.Group> changeGroup(ConversationId group, GroupAction action) {
        return once("group change", Result.Group.class, id -> new ClientFrame.Group(id, group.value(), action));
    }

    /**
     * A page of a group's members.
     *
     * @param after the last one of the page before; null for the first page
     */
    public CompletionStage<Result.Group> members(ConversationId group, @Nullable String after, int limit) {
        GroupAction query = new GroupAction.Members(after, limit);
        return repeatable("group members", Result.Group.class, id -> new ClientFrame.Group(id, group.value(), query));
    }

    /** A group as this user sees it: its name, attributes, history, size, and the user's own role and mute. */
    public CompletionStage<Result.Group> group(ConversationId group) {
        GroupAction query = new GroupAction.Info();
        return repeatable("group info", Result.Group.class, id -> new ClientFrame.Group(id, group.value(), query));
    }

    /**
     * How this user wants a conversation shown, all of it. Every device of the user, this one too, hears of it by an entry
     * of kind {@code settings} in the inbox.
     */
    public CompletionStage<Boolean> settings(ConversationId conversation, ConversationSettings wanted) {
        return calls.make(Call.bare(
                "settings",
                id -> new ClientFrame.Settings(
                        id, conversation.value(), wanted.mutedUntil(), wanted.pinned(), wanted.archived())));
    }

    /**
     * Blocks a user, who may then not send or signal to this one, notify it, or add it to a group, and is shown this one as
     * offline; or no longer does. Asked again after a lost link, which is harmless.
     */
    public CompletionStage<Boolean> block(UserId user, boolean blocked) {
        return calls.make(Call.bare("block", id -> new ClientFrame.Block(id, user.value(), blocked)));
    }

    /**
     * A page of whom this user has blocked, in ascending order.
     *
     * @param after the last one of the page before; null for the first page
     */
    public CompletionStage<Result.Blocked> blocked(@Nullable String after, int limit) {
        return repeatable("blocked", Result.Blocked.class, id -> new ClientFrame.Blocked(id, after, limit));
    }

    /** This user has read all its conversations, up to what there is of them when the server hears of it. */
    public CompletionStage<Boolean> readAll() {
        return calls.make(Call.bare("read all", ClientFrame.ReadAll::new));
    }

    /** How many have read a message, how many have not, and how many it has reached. */
    public CompletionStage<Result.Receipts> receiptCounts(ConversationId conversation, long seq) {
        return repeatable(
                "receipt counts",
                Result.Receipts.class,
                id -> new ClientFrame.Receipts(id, conversation.value(), seq, true));
    }

    /** Recalls, edits or reacts to a message, by a new log entry. */
    public CompletionStage<Result.Revise> revise(ConversationId conversation, long seq, Revision revision) {
        String own = ids.get().value();
        return repeatable(
                "revise",
                Result.Revise.class,
                id -> new ClientFrame.Revise(id, conversation.value(), seq, own, revision));
    }

    /** Puts a notification into a user's inbox. */
    public CompletionStage<Result.Notify> notify(
            UserId user, String type, String status, String remark, Map<String, String> ext) {
        String own = ids.get().value();
        return repeatable(
                "notify",
                Result.Notify.class,
                id -> new ClientFrame.Notify(id, user.value(), own, type, status, remark, ext, 0));
    }

    /**
     * Gives a notification another status: one that this user received, or sent to {@code receiver}.
     *
     * @param seq of the notification in the receiver's inbox
     * @param status {@code pending accepted refused expired}, or the host's own word
     * @param remark empty to leave what is there
     */
    public CompletionStage<Result.Notify> updateStatus(UserId receiver, long seq, String status, String remark) {
        String own = ids.get().value();
        return repeatable(
                "notify",
                Result.Notify.class,
                id -> new ClientFrame.Notify(id, receiver.value(), own, "", status, remark, Map.of(), seq));
    }

    /**
     * Who of {@code watch} is online now; the listener hears of changes, until {@code unwatch} or the end of the link.
     * After each link this has to be asked again.
     */
    public CompletionStage<Result.Presence> presence(Collection<UserId> watch, Collection<UserId> unwatch) {
        return repeatable(
                "presence",
                Result.Presence.class,
                id -> new ClientFrame.Presence(id, strings(watch), strings(unwatch)));
    }

    /** Joins, leaves, counts or publishes to a room. A room is left with the link; after each it has to be joined again. */
    public CompletionStage<Result.Room> room(String room, RoomAction action) {
        return calls.make(Call.of(
                "room",
                Result.Room.class,
                !(action instanceof RoomAction.Publish),
                id -> new ClientFrame.Room(id, room, action)));
    }

    /** Asks for a sign of life. */
    public CompletionStage<Boolean> ping() {
        return calls.make(Call.bare("ping", ClientFrame.Ping::new));
    }

    private CompletionStage<Result.Fetch> fetch(ConversationId conversation, long after, long before, int limit) {
        return repeatable(
                "fetch",
                Result.Fetch.class,
                id -> new ClientFrame.Fetch(id, conversation.value(), after, before, limit));
    }

    private <R extends Result> CompletionStage<R> repeatable(
            String name, Class<R> type, LongFunction<ClientFrame.Request> frame) {
        return calls.make(Call.of(name, type, true, frame));
    }

    private <R extends Result> CompletionStage<R> once(
            String name, Class<R> type, LongFunction<ClientFrame.Request> frame) {
        return calls.make(Call.of(name, type, false, frame));
    }

    private static List<String> strings(Collection<UserId> users) {
        return users.stream().map(UserId::value).toList();
    }
}
