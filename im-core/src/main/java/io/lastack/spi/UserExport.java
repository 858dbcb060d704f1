package io.lastack.spi;

import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The power to tell what is stored of a user and cannot be asked for by conversation: its devices, and its messages wherever
 * they are. (Its memberships and positions are {@link Memberships#subscriptions}, its inbox is a log.) Changes nothing; safe
 * for several threads. Each answer is true at one instant; a walk through several pages sees what was there from its
 * beginning to its end, and may or may not see what changed meanwhile.
 */
public interface UserExport {
    /**
     * The devices that are known of a user, registered or heard of by an acknowledgement, in ascending order.
     *
     * @throws io.lastack.error.StoreException if the store cannot answer
     */
    List<DeviceId> devices(UserId user);

    /**
     * A page of the messages that a user sent, in all conversations, also in those that it left or never belonged to; each
     * message once, those of one conversation one after the other in ascending order of seq. Entries about members
     * ({@link io.lastack.log.Content#MEMBERSHIP}) that the user caused are among them.
     *
     * @param position null to begin; otherwise {@link Page#next} of the page before
     * @param limit how many messages at the most; at least 1
     * @param maxBytes the page ends with the message by which the payloads reach this many bytes; at least 1
     * @throws IllegalArgumentException if limit or maxBytes is less, or the position is not one that this store returned
     * @throws io.lastack.error.StoreException if the store cannot answer
     */
    Page sent(UserId user, @Nullable String position, int limit, int maxBytes);

    /**
     * Some of the messages.
     *
     * @param messages may be empty although there are more
     * @param next where to go on; null at the end
     */
    record Page(List<Message> messages, @Nullable String next) {
        public Page {
            messages = List.copyOf(messages);
        }
    }
}
