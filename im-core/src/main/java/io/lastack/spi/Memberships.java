package io.lastack.spi;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who belongs to which conversation. Changed only by {@link MessageLog#append}. */
public interface Memberships {
    /** A conversation as it stands, or empty if it does not exist. */
    Optional<ConversationInfo> find(ConversationId conversation);

    /**
     * Current members (nobody who left), in ascending order of user.
     *
     * @param after only members above this user; null from the start
     * @param limit at least 1
     * @throws IllegalArgumentException if the limit is less
     */
    List<Member> members(ConversationId conversation, @Nullable UserId after, int limit);

    /** Those of the users who are current members, each once, in no particular order. */
    List<Member> members(ConversationId conversation, Collection<UserId> users);

    /**
     * Some of the owners among the current members of a group, in no particular order; one statement, which does not give
     * the other members out.
     *
     * @param limit at least 1
     * @throws IllegalArgumentException if the limit is less
     */
    List<UserId> owners(ConversationId group, int limit);

    /**
     * The conversations a user belongs or belonged to, as a device needs them at login, in ascending order of
     * conversation; one statement.
     *
     * @param device whose {@code lastAck} to give
     * @param after only conversations above this one; null from the start
     * @param limit at least 1
     * @throws IllegalArgumentException if the limit is less
     */
    List<Subscription> subscriptions(UserId user, DeviceId device, @Nullable ConversationId after, int limit);

    /**
     * The same for some conversations, each once, in no particular order; those the user never belonged to are left out.
     */
    List<Subscription> subscriptions(UserId user, DeviceId device, Collection<ConversationId> conversations);

    /**
     * How many conversations each of the users belongs or belonged to; users without any are left out. Asked for every
     * user online, every few seconds: one statement, answered from an index or from counters. A count rises when a user
     * comes to belong somewhere for the first time, in the transaction that makes it so, and stays when the user leaves.
     */
    Map<UserId, Integer> conversationCounts(Collection<UserId> users);

    /** The conversations a user belongs or belonged to; one statement. */
    Set<ConversationId> conversations(UserId user);

    /**
     * Entitlement and positions of everybody entitled to {@code seq} (which need not exist yet), members who left later
     * included, in no particular order; one statement. The {@code lastAck} of a state is the highest floor of the member's
     * devices, a floor being what {@link Subscription#lastAck} says: never below {@code firstSeq - 1}. Its {@code ackedAt} is the
     * earliest of the times that are known of the cursors at or above {@code seq}; 0 if there is none.
     */
    List<MemberState> entitled(ConversationId conversation, long seq);

    /**
     * Whom a user has blocked ({@link io.lastack.log.Change.Block}), in ascending order.
     *
     * @param after only users above this one; null from the start
     * @param limit at least 1
     * @throws IllegalArgumentException if the limit is less
     */
    List<UserId> blocked(UserId by, @Nullable UserId after, int limit);

    /** Those of the users who have blocked this one; one statement where the store can. */
    Set<UserId> blocking(Collection<UserId> users, UserId blocked);
}
