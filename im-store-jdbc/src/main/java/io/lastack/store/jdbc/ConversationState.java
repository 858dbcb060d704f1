package io.lastack.store.jdbc;

import io.lastack.log.Change.History;

/** A conversation's row, locked for the length of a transaction, with the changes that the transaction makes to it. */
final class ConversationState {
    private final long id;
    private final long reservedThrough;
    private long lastSeq;
    private String title;
    private History history;
    private int members;
    private boolean dissolved;
    private boolean changed;

    /** @param reserved how many seqs above the last one are set aside in the row */
    ConversationState(
            long id, long lastSeq, int reserved, String title, History history, int members, boolean dissolved) {
        this.id = id;
        this.reservedThrough = lastSeq + reserved;
        this.lastSeq = lastSeq;
        this.title = title;
        this.history = history;
        this.members = members;
        this.dissolved = dissolved;
    }

    long id() {
        return id;
    }

    /** Whether it has a message, which is what makes it exist. */
    boolean exists() {
        return lastSeq > 0;
    }

    /** Whether the row says something else: rarely, since most lists need all the seqs set aside for them. */
    boolean mustBeSaved() {
        return changed || lastSeq != reservedThrough;
    }

    /** Whether the row says something else than another last seq. */
    boolean changed() {
        return changed;
    }

    long takeSeq() {
        return ++lastSeq;
    }

    long lastSeq() {
        return lastSeq;
    }

    String title() {
        return title;
    }

    History history() {
        return history;
    }

    int members() {
        return members;
    }

    boolean dissolved() {
        return dissolved;
    }

    void create(String name, History shown) {
        title = name;
        history = shown;
        changed = true;
    }

    void rename(String name) {
        title = name;
        changed = true;
    }

    void show(History shown) {
        history = shown;
        changed = true;
    }

    void addMembers(int count) {
        members += count;
        changed = true;
    }

    void dissolve() {
        members = 0;
        dissolved = true;
        changed = true;
    }
}
