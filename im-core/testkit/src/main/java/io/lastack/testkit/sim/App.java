package io.lastack.testkit.sim;

import io.lastack.client.ClientListener;
import io.lastack.client.Confirmation;
import io.lastack.client.ConnectionState;
import io.lastack.client.RequestFailedException;
import io.lastack.client.Sent;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.session.CloseReason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What the application on one device hears, remembers and answers. It survives its clients. */
final class App implements ClientListener {
    private static final long LATEST_WORD = 2_500_000_000L;

    private final Device device;
    private final World world;
    private final SplittableRandom random;
    private final Map<String, Map<ConversationId, DeviceView>> epochs = new LinkedHashMap<>();
    private String epoch = "";
    private long refusesUntil;
    private long slowUntil;

    App(Device device, World world) {
        this.device = device;
        this.world = world;
        this.random = world.split();
    }

    /** @param state whether the device still knows what it did before */
    void newLife(boolean state) {
        if (!state) {
            epoch = "";
        }
        epochs.values().forEach(views -> views.values().forEach(DeviceView::newLife));
    }

    void refuseFor(long nanos) {
        refusesUntil = world.time().nanos() + nanos;
    }

    void slowFor(long nanos) {
        slowUntil = world.time().nanos() + nanos;
    }

    void calm() {
        refusesUntil = 0;
        slowUntil = 0;
    }

    DeviceView view(String ofEpoch, ConversationId conversation) {
        return epochs.computeIfAbsent(ofEpoch, e -> new LinkedHashMap<>())
                .computeIfAbsent(conversation, c -> new DeviceView());
    }

    /** Under which epoch the client shows messages; empty before its first connection. */
    String epoch() {
        return epoch;
    }

    /** The conversations that this device has shown anything of in the present epoch. */
    List<ConversationId> shown() {
        return List.copyOf(epochs.getOrDefault(epoch, Map.of()).keySet());
    }

    @Override
    public void message(Message message, Confirmation confirmation) {
        DeviceView view = view(epoch, message.conversation());
        long before = view.lastShown();
        world.trace().note(device.name(), "shows", message.conversation().value(), message.seq(), 0);
        if (!view.show(message.seq())) {
            world.referee()
                    .violated(
                            Invariant.VIEW_IS_COMPLETE,
                            device.name() + " shows seq " + message.seq() + " of " + message.conversation()
                                    + " after seq " + before);
        } else if (message.seq() > before) {
            requireNoGap(view, message.conversation(), before, message.seq());
        }
        answer(view, message, confirmation);
    }

    private void requireNoGap(DeviceView view, ConversationId conversation, long before, long seq) {
        Ledger ledger = world.truth().ledger();
        Entitlement entitlement = ledger.entitlement(conversation, device.user());
        if (!ledger.epoch().equals(epoch) || entitlement == null) {
            return;
        }
        long start = Math.max(ledger.start(device.key(conversation)), entitlement.first() - 1);
        for (long missing = Math.max(before, start) + 1; missing < Math.min(seq, entitlement.last() + 1); missing++) {
            if (!view.isConfirmed(missing)) {
                world.referee()
                        .violated(
                                Invariant.VIEW_IS_COMPLETE,
                                device.name() + " shows seq " + seq + " of " + conversation + ", and never had seq "
                                        + missing);
                return;
            }
        }
    }

    private void answer(DeviceView view, Message message, Confirmation confirmation) {
        long now = world.time().nanos();
        if (now < refusesUntil && random.nextInt(3) == 0) {
            view.refuse(message.seq());
            if (random.nextBoolean()) {
                throw new IllegalStateException("this application cannot take the message now");
            }
            confirmation.nack("not now");
            return;
        }
        String back = view.made().shown(message);
        if (back != null) {
            world.referee()
                    .violated(
                            Invariant.REVISIONS_CONVERGE,
                            device.name() + " makes of seq " + message.seq() + " of " + message.conversation()
                                    + " that " + back);
        }
        if (now < slowUntil && random.nextInt(3) > 0) {
            Process process = device.process();
            process.schedule(
                    Duration.ofNanos(random.nextLong(LATEST_WORD)), () -> confirm(view, message, confirmation));
        } else {
            confirm(view, message, confirmation);
        }
    }

    private void confirm(DeviceView view, Message message, Confirmation confirmation) {
        view.confirm(message.seq());
        confirmation.acked();
    }

    @Override
    public void sent(ClientMessageId id, Sent sent) {
        world.trace().note(device.name(), "has sent " + id, sent.conversation().value(), sent.seq(), 0);
        world.confirmed(device, epoch, sent.conversation(), id, sent.seq());
    }

    @Override
    public void sendFailed(ClientMessageId id, RequestFailedException reason) {
        world.trace().note(device.name(), "could not send " + id, String.valueOf(reason.getMessage()));
    }

    @Override
    public void skipped(ConversationId conversation, SeqRange range, String reason) {
        world.referee()
                .violated(
                        Invariant.VIEW_IS_COMPLETE,
                        device.name() + " skips " + range + " of " + conversation + ": " + reason);
    }

    @Override
    public void epochChanged(String before, String now) {
        world.trace().note(device.name(), "hears of epoch " + now, "");
        epoch = now;
    }

    @Override
    public void stateChanged(ConnectionState state) {
        world.trace().note(device.name(), state.getClass().getSimpleName(), "");
        if (state instanceof ConnectionState.Online) {
            epoch = device.keptEpoch();
        } else if (state instanceof ConnectionState.Stopped stopped
                && stopped.reason().code() != CloseReason.NORMAL) {
            device.startAgainSoon();
        }
    }
}
