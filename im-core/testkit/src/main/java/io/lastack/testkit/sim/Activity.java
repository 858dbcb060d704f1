package io.lastack.testkit.sim;

/** What can happen in a step of a simulation: something that users do, or something that breaks. */
public enum Activity {
    /** A device sends into a direct conversation. */
    SEND_DIRECT(200),
    /** A device sends into a group. */
    SEND_GROUP(220),
    /** A device sends many messages at once, some of them large. */
    SEND_BURST(20),
    /** The host sends in a user's name. */
    HOST_SEND(40),
    /** The host appends in a transaction of its own, and commits or rolls back; it may tell a node, or not. */
    HOST_TRANSACTION(25),
    /** A node is told of a transaction of the host's that it may have heard of before: late, again, or in any order. */
    HOST_SIGNAL(15),
    /** A device puts a notification into a user's inbox. */
    NOTIFY(30),
    /** A device, or the host, recalls a message, or the host a notification. */
    RECALL(25),
    /** A device, or the host, edits a message. */
    EDIT(40),
    /** A device, or the host, reacts to a message, or no longer does. */
    REACT(30),
    /** A notification gets another status, by its receiver, its sender or the host. */
    UPDATE_STATUS(25),
    /** A user wants a conversation shown in another way. */
    SET_CONVERSATION(12),
    /** A user blocks another one, or no longer does. */
    BLOCK(8),
    /** A device marks as read what it has shown. */
    READ(80),
    /** A device asks for history, conversations or receipts. */
    QUERY(30),
    /** A device says that its user is typing. */
    SIGNAL(10),
    /** A new group. */
    CREATE_GROUP(5),
    /** A member is added, also one who left before. */
    ADD_MEMBER(35),
    /** A member is removed. */
    REMOVE_MEMBER(20),
    /** A member leaves. */
    LEAVE(8),
    /** A group gets a name, or a member a role. */
    CHANGE_GROUP(8),
    /** A group is dissolved. */
    DISSOLVE(1),
    /** Nothing but time. */
    WAIT(60),

    /** A node dies, with everything that it had in memory, and comes back. */
    CRASH_NODE(8, true),
    /** A node goes away in good order, and comes back. */
    DRAIN_NODE(5, true),
    /** A client dies; its state is kept. */
    CRASH_DEVICE(25, true),
    /** A client dies, and its state with it; the device comes back under its name. */
    REINSTALL_DEVICE(5, true),
    /** A client ends in good order, and comes back. */
    CLOSE_DEVICE(8, true),
    /** Connections break, what was on its way is lost; both sides are told, sooner or later. */
    CUT(35, true),
    /** Connections go dead in one direction or both, and nobody is told. */
    FREEZE(15, true),
    /** A device asks for more than may wait for it, and nothing reaches it any more. */
    FILL_OUTBOUND(6, true),
    /** A connection becomes slow. */
    SLOW_LINK(15, true),
    /** A device cannot connect for a while. */
    UNREACHABLE(10, true),
    /** Calls to the store fail, without an effect. */
    STORE_FAILS_BEFORE(18, true),
    /** Calls to the store fail although they took effect. */
    STORE_FAILS_AFTER(18, true),
    /** Calls to the store take long. */
    STORE_SLOW(18, true),
    /** Somebody else holds a conversation locked: appends to it fail, the others do not. */
    STORE_LOCKED(12, true),
    /** Reads of the log answer as it was a moment ago, as a replica does. */
    STORE_STALE(12, true),
    /** Signals between the nodes are lost, repeated, late and in another order for a while. */
    BUS_WORSE(15, true),
    /** The bus is away from all nodes for a while. */
    BUS_AWAY(6, true),
    /** The presence directory does not answer for a while. */
    DIRECTORY_AWAY(6, true),
    /** A wall clock jumps, forwards or backwards. */
    CLOCK_JUMP(8, true),
    /** A node or a client stands still for a while, as a paused machine does, and then goes on. */
    STAND_STILL(10, true),
    /** The tokens that devices get end soon, or are refused, for a while. */
    TOKENS_END(8, true),
    /** An application refuses messages for a while. */
    APP_REFUSES(12, true),
    /** An application confirms late, or not at all, for a while. */
    APP_SLOW(15, true),
    /** The store is restored from a backup, under a new epoch; nodes restart. */
    RESTORE_STORE(1, true);

    private final int weight;
    private final boolean fault;

    Activity(int weight) {
        this(weight, false);
    }

    Activity(int weight, boolean fault) {
        this.weight = weight;
        this.fault = fault;
    }

    /** How often it happens by default, relative to the others. */
    public int weight() {
        return weight;
    }

    /** Whether something breaks; otherwise it is what users do. */
    public boolean isFault() {
        return fault;
    }
}
