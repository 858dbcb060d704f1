package io.lastack.internal.cluster;

import io.lastack.internal.cluster.ClusterSignal.Affected;
import io.lastack.internal.cluster.ClusterSignal.Appended;
import io.lastack.internal.cluster.ClusterSignal.Claimed;
import io.lastack.internal.cluster.ClusterSignal.Disconnect;
import io.lastack.internal.cluster.ClusterSignal.Entry;
import io.lastack.internal.cluster.ClusterSignal.Ephemeral;
import io.lastack.internal.cluster.ClusterSignal.Goodbye;
import io.lastack.internal.cluster.ClusterSignal.Head;
import io.lastack.internal.cluster.ClusterSignal.Heartbeat;
import io.lastack.internal.cluster.ClusterSignal.InRoom;
import io.lastack.internal.cluster.ClusterSignal.Joined;
import io.lastack.internal.cluster.ClusterSignal.Move;
import io.lastack.internal.cluster.ClusterSignal.Moved;
import io.lastack.internal.cluster.ClusterSignal.Presence;
import io.lastack.internal.cluster.ClusterSignal.Revoked;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;

/**
 * Signals as bytes: a version, the node that sent it, what it is, and its values. A version or a sort of signal that is not
 * known is for a newer node, and is left alone.
 */
final class SignalCodec {
    private static final int VERSION = 1;

    private SignalCodec() {}

    /** A signal and the node that sent it. */
    record Letter(String node, ClusterSignal signal) {}

    static byte[] encode(String node, ClusterSignal signal) {
        SignalWriter out = new SignalWriter().number(VERSION).text(node);
        if (signal instanceof Appended appended) {
            out.number(1).text(appended.epoch()).list(appended.entries(), entry -> write(entry, out));
        } else if (signal instanceof Joined joined) {
            out.number(2).text(joined.conversation().value()).users(joined.users());
        } else if (signal instanceof Moved moved) {
            out.number(3).list(moved.moves(), move -> write(move, out));
        } else if (signal instanceof Ephemeral event) {
            out.number(4).text(event.conversation().value()).text(event.event()).body(event.payload());
            out.text(event.sender().value());
        } else if (signal instanceof InRoom event) {
            out.number(5).text(event.room()).text(event.event()).body(event.payload());
            out.text(event.sender().value()).number(event.sentAt());
        } else if (signal instanceof Claimed claimed) {
            out.number(6).text(claimed.user().value()).text(claimed.device().value());
            out.number(claimed.since()).text(claimed.session());
        } else if (signal instanceof Disconnect kick) {
            out.number(7).text(kick.user().value()).text(kick.reason());
        } else if (signal instanceof Presence presence) {
            out.number(8).users(presence.users());
        } else if (signal instanceof Heartbeat beat) {
            out.number(9)
                    .text(beat.epoch())
                    .list(
                            beat.heads(),
                            head -> out.text(head.conversation().value()).number(head.seq()));
        } else if (signal instanceof Revoked revoked) {
            DeviceId device = revoked.device();
            out.number(11).text(revoked.user().value()).number(revoked.before());
            out.text(device == null ? "" : device.value());
        } else {
            out.number(10);
        }
        return out.bytes();
    }

    private static void write(Entry entry, SignalWriter out) {
        out.text(entry.conversation().value()).number(entry.seq()).message(entry.message());
        out.flag(entry.affected().everybody()).users(entry.affected().users());
    }

    private static void write(Move move, SignalWriter out) {
        out.text(move.conversation().value()).text(move.user().value());
        out.number(move.from()).number(move.to()).flag(move.read());
    }

    /**
     * @return null if it is of a sort or version that this node does not know
     * @throws IllegalArgumentException or {@link io.lastack.error.InvalidRequestException} if it is not well formed
     */
    static @org.jspecify.annotations.Nullable Letter decode(byte[] bytes) {
        SignalReader in = new SignalReader(bytes);
        if (in.number() != VERSION) {
            return null;
        }
        String node = in.text();
        ClusterSignal signal = switch ((int) in.number()) {
            case 1 -> new Appended(in.text(), in.list(() -> entry(in)));
            case 2 -> new Joined(in.conversation(), in.users());
            case 3 -> new Moved(in.list(() -> move(in)));
            case 4 -> new Ephemeral(in.conversation(), in.text(), in.body(), in.user());
            case 5 -> new InRoom(in.text(), in.text(), in.body(), in.user(), in.number());
            case 6 -> new Claimed(in.user(), DeviceId.of(in.text()), in.number(), in.text());
            case 7 -> new Disconnect(in.user(), in.text());
            case 8 -> new Presence(in.users());
            case 9 -> new Heartbeat(in.text(), in.list(() -> new Head(in.conversation(), in.number())));
            case 10 -> new Goodbye();
            case 11 -> revoked(in);
            default -> null;
        };
        return signal == null ? null : new Letter(node, signal);
    }

    private static Revoked revoked(SignalReader in) {
        UserId user = in.user();
        long before = in.number();
        String device = in.text();
        return new Revoked(user, device.isEmpty() ? null : DeviceId.of(device), before);
    }

    private static Entry entry(SignalReader in) {
        ConversationId conversation = in.conversation();
        long seq = in.number();
        return new Entry(conversation, seq, in.message(conversation, seq), new Affected(in.flag(), in.users()));
    }

    private static Move move(SignalReader in) {
        return new Move(in.conversation(), in.user(), in.number(), in.number(), in.flag());
    }
}
