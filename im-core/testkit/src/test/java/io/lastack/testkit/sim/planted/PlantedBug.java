package io.lastack.testkit.sim.planted;

import java.util.List;
import java.util.stream.Stream;

/**
 * A bug that somebody might make.
 *
 * @param seeds within how many seeds it has to be found
 * @param bus whether the nodes have a bus where it is looked for
 */
record PlantedBug(String name, int seeds, Patch patch, boolean bus) {
    PlantedBug(String name, int seeds, Patch patch) {
        this(name, seeds, patch, true);
    }

    private static final String PUMP = "io.lastack.internal.session.Pump";

    static List<PlantedBug> all() {
        return Stream.concat(ofDelivery().stream(), ofRevisions().stream()).toList();
    }

    /** Spaces at the beginning of a line are a part of what is replaced. */
    @SuppressWarnings("StringConcatToTextBlock")
    private static List<PlantedBug> ofDelivery() {
        return List.of(
                new PlantedBug(
                        "an ack jumps a gap",
                        5,
                        Patch.of("io.lastack.cursor.AckCursor")
                                .replacing("if (seq == lastAck + 1) {", "if (seq > lastAck) {")),
                new PlantedBug(
                        "a floor is journalled before the ack",
                        5,
                        Patch.of(PUMP)
                                .replacing(
                                        "                    && writer.push(watch, entry)) {\n",
                                        "                    && writer.push(watch, entry)) {\n"
                                                + "                events.floorMoved(watch.key, entry.seq() - 1, entry.seq());\n")),
                new PlantedBug(
                        "a cursor is lowered when its owner comes back",
                        40,
                        Patch.of("io.lastack.memory.Membership")
                                .replacing("        joinedSeq = newJoinedSeq;", "        acks.clear();")),
                new PlantedBug(
                        "a seq is visible before the one below it",
                        5,
                        Patch.of("io.lastack.memory.Entries")
                                .replacing(
                                        "        return messages.subList(from, to);",
                                        "        return to == end && to - from > 2 ? gap(from, to) : messages.subList(from, to);\n"
                                                + "    }\n\n"
                                                + "    private List<Message> gap(int from, int to) {\n"
                                                + "        List<Message> early = new ArrayList<>(messages.subList(from, to));\n"
                                                + "        early.remove(early.size() - 2);\n"
                                                + "        return early;")),
                new PlantedBug(
                        "the window is ignored where the log is read",
                        40,
                        Patch.of("io.lastack.internal.session.MessageWriter")
                                .replacing(
                                        "message.seq() > watch.lastSeq || !mayPush(watch)",
                                        "message.seq() > watch.lastSeq || watch.paused || watch.held")),
                new PlantedBug(
                        "a sender is sent what it waits for the reply to",
                        20,
                        Patch.of("io.lastack.internal.session.MessageWriter")
                                .replacing(" && unanswered.contains(message);", " && message.seq() < 0;")),
                new PlantedBug(
                        "duplicates are looked for before the lock is taken",
                        120,
                        Patch.of("io.lastack.memory.MemoryLog")
                                .replacing(
                                        "        synchronized (state) {\n            for (Draft draft : checked) {\n                outcomes.add(append(draft, sentAt));",
                                        "        List<@Nullable Message> known = checked.stream().map(this::first).toList();\n"
                                                + "        synchronized (state) {\n"
                                                + "            for (int i = 0; i < checked.size(); i++) {\n"
                                                + "                outcomes.add(append(checked.get(i), known.get(i), sentAt));")
                                .replacing(
                                        "    private AppendOutcome append(Draft draft, long sentAt) {",
                                        "    private @Nullable Message first(Draft draft) {\n"
                                                + "        Conversation conversation = state.find(draft.conversation());\n"
                                                + "        return conversation == null ? null : conversation.entries().first(draft);\n"
                                                + "    }\n\n"
                                                + "    private AppendOutcome append(Draft draft, @Nullable Message first, long sentAt) {")
                                .replacing(
                                        "        Message first = conversation == null ? null : conversation.entries().first(draft);\n        if (first",
                                        "        if (first")),
                new PlantedBug(
                        "an ack of an older session is taken for one of the newest",
                        10,
                        Patch.of("io.lastack.internal.session.ClientSession")
                                .replacing(
                                        "answer(pump.ack(position.conversation(), position.seq()));",
                                        "List<ClientSession> all = services.registry().of(user());\n"
                                                + "            answer((all.isEmpty() ? this : all.get(all.size() - 1)).pump.ack(position.conversation(), position.seq()));")),
                new PlantedBug(
                        "a signal of a head is trusted without reading the log",
                        5,
                        Patch.of(PUMP)
                                .replacing(
                                        "            watch.head = Math.max(watch.head, head);\n            if (closed",
                                        "            watch.head = Math.max(watch.head, head);\n"
                                                + "            watch.sent = Math.max(watch.sent, head);\n"
                                                + "            if (closed")),
                new PlantedBug(
                        "entitlement ends one entry behind the leave",
                        5,
                        Patch.of("io.lastack.memory.Membership")
                                .replacing("        lastSeq = seq;", "        lastSeq = seq + 1;")),
                new PlantedBug(
                        "a receipt moves back",
                        120,
                        Patch.of("io.lastack.internal.cursor.CursorJournal")
                                .replacing(
                                        "listener.readsStored(those(AdvanceOutcome.ADVANCED, moves, outcomes));",
                                        "listener.readsStored(moves);"),
                        false),
                new PlantedBug(
                        "positions of an old epoch are resumed from",
                        20,
                        Patch.of("io.lastack.internal.session.Login")
                                .replacing(
                                        "boolean resumed = hello.epoch() == null || hello.epoch().equals(epoch);",
                                        "boolean resumed = true;")),
                new PlantedBug(
                        "the backlog is overtaken by live traffic",
                        5,
                        Patch.of(PUMP)
                                .replacing(
                                        "if (entry.seq() == watch.sent + 1\n                    && entry.seq()",
                                        "if (entry.seq() > watch.sent\n                    && entry.seq()")),
                new PlantedBug(
                        "a member who leaves is sent what is stored right behind",
                        40,
                        Patch.of(PUMP).replacing("            watch.held = true;\n", "")),
                new PlantedBug(
                        "what another node appended is not looked for",
                        10,
                        Patch.of("io.lastack.internal.repair.Repairer")
                                .replacing(
                                        "List<Behind> found = heads.find(batch);", "List<Behind> found = List.of();")),
                new PlantedBug(
                        "what a replica does not show yet is taken for the end of the log",
                        60,
                        Patch.of(PUMP)
                                .replacing(
                                        "                    readAgainLater(watch);\n                    return;\n",
                                        "                    watch.head = watch.sent;\n")),
                new PlantedBug(
                        "a transaction of the host's is delivered although it was rolled back",
                        10,
                        Patch.of("io.lastack.internal.dispatch.HostAppends")
                                .replacing("                    append.confirm();\n", "")),
                new PlantedBug(
                        "a client acknowledges what it shows before the application has confirmed it",
                        5,
                        Patch.of("io.lastack.client.ConversationView")
                                .replacing(
                                        "        unconfirmed.add(message.seq());\n",
                                        "        unconfirmed.add(message.seq());\n        floor.acked(message.seq());\n")),
                new PlantedBug(
                        "a client forgets where it was when its link breaks",
                        20,
                        Patch.of("io.lastack.client.ConversationView")
                                .replacing(
                                        "        if (item.last() >= next) {",
                                        "        if (item.last() >= floor.seq()) {")),
                new PlantedBug(
                        "a receipt that comes late over the bus is passed on",
                        240,
                        Patch.of("io.lastack.internal.receipt.ReceiptPush")
                                .replacing("            if (isOld(move)) {", "            if (move.to() < 0) {")));
    }

    /** Bugs in recalls, edits, reactions, statuses and what users set for themselves. */
    @SuppressWarnings("StringConcatToTextBlock")
    private static List<PlantedBug> ofRevisions() {
        return List.of(
                new PlantedBug(
                        "an edit brings back what was recalled",
                        10,
                        Patch.of("io.lastack.spi.RevisionRules")
                                .replacing(
                                        "        if (!target.isRevisable()) {",
                                        "        if (!target.isRevisable() && !revision.kind().equals(Content.EDIT)) {")),
                new PlantedBug(
                        "what was recalled is still served from the tail",
                        60,
                        Patch.of("io.lastack.internal.fanout.Topic")
                                .replacing("            forgetRecalled(entry.message().content());\n", "")),
                new PlantedBug(
                        "a recall leaves what the message was edited to",
                        10,
                        Patch.of("io.lastack.memory.Entries").replacing("            blankEdits(target);\n", "")),
                new PlantedBug(
                        "a recalled message still counts as unread",
                        10,
                        Patch.of("io.lastack.memory.Entries").replacing("        unread.remove(message);\n", "")),
                new PlantedBug(
                        "a device that resumes is not sent the revisions that are in the messages already",
                        10,
                        Patch.of("io.lastack.internal.session.MessageWriter")
                                .replacing(
                                        "            frame.add(message);\n",
                                        "            if (!message.content().isRevision()) {\n"
                                                + "                frame.add(message);\n"
                                                + "            }\n")),
                new PlantedBug(
                        "a status that its receiver sets does not reach the receiver's other device",
                        20,
                        Patch.of("io.lastack.internal.session.MessageWriter")
                                .replacing(
                                        "        if (!queued(frame)) {\n",
                                        "        Message message = entry.message();\n"
                                                + "        boolean own = message.content().isRevision()\n"
                                                + "                && message.conversation().equals(ConversationId.inbox(message.sender()));\n"
                                                + "        if (!own && !queued(frame)) {\n")),
                new PlantedBug(
                        "an edit that is older than what the message says is applied to it",
                        20,
                        Patch.of("io.lastack.log.Message")
                                .replacing("                && entry.seq() > content.revisedBy()\n", "")),
                new PlantedBug(
                        "a reaction that was taken back stays",
                        20,
                        Patch.of("io.lastack.memory.Revisions")
                                .replacing("            current.remove(key);\n", "            current.isEmpty();\n")),
                new PlantedBug(
                        "who is blocked may go on writing",
                        120,
                        Patch.of("io.lastack.internal.request.BlockGate")
                                .replacing(
                                        "            return blocks.ask(receiver, session.user());",
                                        "            return blocks.ask(receiver, session.user()) && receiver.equals(session.user());")));
    }

    @Override
    public String toString() {
        return name;
    }
}
