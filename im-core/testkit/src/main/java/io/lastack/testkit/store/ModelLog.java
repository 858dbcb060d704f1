package io.lastack.testkit.store;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One conversation of the {@link Model}: what was appended, and everything else worked out from that. */
final class ModelLog {
    private final ConversationId id;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private @Nullable List<Message> now;

    ModelLog(ConversationId id) {
        this.id = id;
    }

    boolean exists() {
        return !drafts.isEmpty();
    }

    long head() {
        return drafts.size();
    }

    long trimmedThrough() {
        return head() - messages.size();
    }

    /** Those that were not deleted, as they are now: worked out anew after every change. */
    List<Message> messages() {
        List<Message> known = now;
        if (known == null) {
            known = messages.stream().map(this::revised).toList();
            now = known;
        }
        return known;
    }

    private Message revised(Message m) {
        Content content = m.content();
        Optional<Message> recall = revisions(m.seq(), Content.RECALL).findFirst();
        Optional<Message> lastEdit = revisions(m.seq(), Content.EDIT).reduce((older, newer) -> newer);
        if (recall.isPresent()) {
            content = nothing(Content.RECALLED, "text", 0, 0, recall.get().seq());
        } else if (lastEdit.isPresent()) {
            Content edit = lastEdit.get().content();
            content = new Content(
                    content.kind(),
                    content.type(),
                    edit.payload(),
                    edit.ext(),
                    content.replyTo(),
                    edit.mentions(),
                    content.revises(),
                    lastEdit.get().seq());
        } else if (content.kind().equals(Content.EDIT)
                && revisions(content.revises(), Content.RECALL).findFirst().isPresent()) {
            content = nothing(content.kind(), content.type(), content.replyTo(), content.revises(), 0);
        }
        return new Message(m.conversation(), m.seq(), m.sentAt(), m.sender(), m.clientMessageId(), content);
    }

    private static Content nothing(String kind, String type, long replyTo, long revises, long revisedBy) {
        return new Content(kind, type, Payload.EMPTY, Map.of(), replyTo, List.of(), revises, revisedBy);
    }

    private Stream<Message> revisions(long target, String kind) {
        return messages.stream()
                .filter(m -> m.content().kind().equals(kind) && m.content().revises() == target);
    }

    /** In ascending order of the message, then of the reaction. */
    List<Reaction> reactions() {
        List<Reaction> current = new ArrayList<>();
        for (Message target : messages()) {
            if (isMessageOrNotification(target)) {
                Map<List<Object>, Reaction> latest = new HashMap<>();
                revisions(target.seq(), Content.REACTION)
                        .filter(m -> m.seq() > target.seq())
                        .filter(m -> m.content().payload().isText()
                                && m.content().payload().size() > 0
                                && m.content().payload().size() <= 64)
                        .forEach(m -> react(m, latest));
                latest.values().stream()
                        .sorted(Comparator.comparing(Reaction::seq))
                        .forEach(current::add);
            }
        }
        return current;
    }

    private static void react(Message m, Map<List<Object>, Reaction> latest) {
        String emoji = m.content().payload().asText();
        List<Object> key = List.of(m.sender(), emoji);
        latest.remove(key);
        if (!"true".equals(m.content().ext().get("remove"))) {
            latest.put(key, new Reaction(m.content().revises(), m.sender(), emoji, m.seq()));
        }
    }

    private static boolean isMessageOrNotification(Message m) {
        return m.content().kind().equals(Content.MESSAGE) || m.content().kind().equals(Content.NOTIFICATION);
    }

    void trim(long through, long sentBefore, int atMost) {
        for (int i = 0; i < atMost && !messages.isEmpty(); i++) {
            Message oldest = messages.get(0);
            if (oldest.seq() > through || oldest.sentAt() >= sentBefore) {
                return;
            }
            messages.remove(0);
            now = null;
        }
    }

    long append(Draft draft, long sentAt) {
        drafts.add(draft);
        messages.add(draft.at(drafts.size(), sentAt));
        now = null;
        return drafts.size();
    }

    Optional<Message> first(Draft draft) {
        return messages.stream()
                .filter(m ->
                        m.sender().equals(draft.sender()) && m.clientMessageId().equals(draft.clientMessageId()))
                .findFirst();
    }

    Optional<Reason> refusal(Draft draft) {
        boolean creates = draft.change() instanceof Change.CreateGroup;
        if (id.kind() == ConversationId.Kind.GROUP && !exists()) {
            return creates ? full(draft) : Optional.of(Reason.NOT_FOUND);
        }
        if (creates || dissolved()) {
            return Optional.of(Reason.CONFLICT);
        }
        return full(draft).or(() -> ownerless(draft)).or(() -> refusalOfRevision(draft.content()));
    }

    private Optional<Reason> refusalOfRevision(Content revision) {
        boolean edits = revision.kind().equals(Content.EDIT);
        if (!edits && !revision.kind().equals(Content.RECALL)) {
            return Optional.empty();
        }
        Optional<Message> target =
                messages().stream().filter(m -> m.seq() == revision.revises()).findFirst();
        if (target.isEmpty()) {
            return Optional.of(Reason.NOT_FOUND);
        }
        Content content = target.get().content();
        boolean blank = content.kind().equals(Content.MESSAGE)
                && content.payload().size() == 0
                && content.ext().isEmpty()
                && content.mentions().isEmpty();
        return isMessageOrNotification(target.get()) && !(edits && blank)
                ? Optional.empty()
                : Optional.of(Reason.CONFLICT);
    }

    private Optional<Reason> full(Draft draft) {
        ModelLog after = new ModelLog(id);
        after.drafts.addAll(drafts);
        after.drafts.add(draft);
        long size = after.current();
        int most = draft.change() instanceof Change.CreateGroup create
                ? create.maxMembers()
                : draft.change() instanceof Change.AddMembers add ? add.maxMembers() : Change.NO_LIMIT;
        boolean full = size > current() && size > most;
        return full ? Optional.of(Reason.CONFLICT) : Optional.empty();
    }

    private Optional<Reason> ownerless(Draft draft) {
        boolean held = draft.change() instanceof Change.SetRole
                || (draft.change() instanceof Change.RemoveMembers remove && remove.keepOwner());
        ModelLog after = new ModelLog(id);
        after.drafts.addAll(drafts);
        after.drafts.add(draft);
        return held && !owners().isEmpty() && after.owners().isEmpty() && after.current() > 0
                ? Optional.of(Reason.CONFLICT)
                : Optional.empty();
    }

    Optional<ConversationInfo> info() {
        return exists()
                ? Optional.of(
                        new ConversationInfo(id, name(), history(), head(), (int) current(), dissolved(), attributes()))
                : Optional.empty();
    }

    String name() {
        return changes()
                .flatMap(c -> c instanceof Change.CreateGroup create
                        ? Stream.of(create.name())
                        : c instanceof Change.Rename rename ? Stream.of(rename.name()) : Stream.empty())
                .reduce("", (older, newer) -> newer);
    }

    private Map<String, String> attributes() {
        return changes()
                .filter(Change.SetAttributes.class::isInstance)
                .map(c -> ((Change.SetAttributes) c).attributes())
                .reduce(Map.of(), (older, newer) -> newer);
    }

    List<UserId> owners() {
        return places().stream()
                .filter(place -> place.current() && place.role() == Role.OWNER)
                .map(Place::user)
                .toList();
    }

    /** Where each user stands who belongs or belonged here, in ascending order of user. */
    Collection<Place> places() {
        Map<UserId, Place> places = new TreeMap<>();
        if (exists() && id.kind() != ConversationId.Kind.GROUP) {
            Stream<UserId> named =
                    id.kind() == ConversationId.Kind.INBOX ? Stream.of(id.owner()) : Stream.of(id.first(), id.second());
            named.forEach(user -> places.put(user, new Place(user, Role.MEMBER, 1, 1, Long.MAX_VALUE, 0)));
        }
        for (int i = 0; i < drafts.size(); i++) {
            replay(drafts.get(i), i + 1, places);
        }
        return places.values();
    }

    private void replay(Draft draft, long seq, Map<UserId, Place> places) {
        Change change = draft.change();
        if (change instanceof Change.CreateGroup create) {
            join(places, draft.sender(), Role.OWNER, seq);
            create.members().forEach(user -> join(places, user, Role.MEMBER, seq));
        } else if (change instanceof Change.AddMembers add) {
            add.users().forEach(user -> join(places, user, add.role(), seq));
        } else if (change instanceof Change.RemoveMembers remove) {
            remove.users().forEach(user -> places.computeIfPresent(user, (u, place) -> place.leftAt(seq)));
        } else if (change instanceof Change.SetRole set) {
            places.computeIfPresent(set.user(), (u, place) -> place.withRole(set.role()));
        } else if (change instanceof Change.TransferOwnership transfer) {
            transfer(places, transfer);
        } else if (change instanceof Change.MuteMember mute) {
            places.computeIfPresent(mute.user(), (u, place) -> place.muted(mute.untilMillis()));
        } else if (change instanceof Change.Dissolve) {
            places.replaceAll((user, place) -> place.leftAt(seq));
        }
    }

    private void join(Map<UserId, Place> places, UserId user, Role role, long seq) {
        Place old = places.get(user);
        if (old == null || !old.current()) {
            places.put(user, new Place(user, role, seq, historyAt(seq) == History.ALL ? 1 : seq, Long.MAX_VALUE, 0));
        }
    }

    private static void transfer(Map<UserId, Place> places, Change.TransferOwnership transfer) {
        Place to = places.get(transfer.to());
        if (to == null || !to.current()) {
            return;
        }
        places.put(transfer.to(), to.withRole(Role.OWNER));
        places.computeIfPresent(
                transfer.from(), (u, place) -> place.role() == Role.OWNER ? place.withRole(Role.ADMIN) : place);
    }

    private History history() {
        return historyAt(head());
    }

    private History historyAt(long seq) {
        return drafts.stream()
                .limit(seq)
                .map(Draft::change)
                .flatMap(c -> c instanceof Change.CreateGroup create
                        ? Stream.of(create.history())
                        : c instanceof Change.SetHistory set ? Stream.of(set.history()) : Stream.empty())
                .reduce(History.ALL, (older, newer) -> newer);
    }

    private boolean dissolved() {
        return changes().anyMatch(Change.Dissolve.class::isInstance);
    }

    private long current() {
        return places().stream().filter(Place::current).count();
    }

    Stream<Change> changes() {
        return drafts.stream().map(Draft::change).flatMap(Stream::ofNullable);
    }

    /** One user's role, entitlement and mute. */
    record Place(UserId user, Role role, long joinedSeq, long firstSeq, long lastSeq, long mutedUntil) {
        boolean current() {
            return lastSeq == Long.MAX_VALUE;
        }

        Place leftAt(long seq) {
            return current() ? new Place(user, role, joinedSeq, firstSeq, seq, 0) : this;
        }

        Place withRole(Role newRole) {
            return current() ? new Place(user, newRole, joinedSeq, firstSeq, lastSeq, mutedUntil) : this;
        }

        Place muted(long untilMillis) {
            return current() ? new Place(user, role, joinedSeq, firstSeq, lastSeq, untilMillis) : this;
        }
    }
}
