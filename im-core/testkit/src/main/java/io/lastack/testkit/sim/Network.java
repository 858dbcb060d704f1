package io.lastack.testkit.sim;

import io.lastack.client.Connector;
import io.lastack.session.CloseReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** All connections. */
final class Network {
    private static final CloseReason UNREACHABLE = new CloseReason(1006, "the server is not reachable");
    private static final long LATE_WORD = 400_000_000;
    private static final long PROMPT_WORD = 1_000_000;

    private final VirtualTime time;
    private final SplittableRandom random;
    private final Referee referee;
    private final Trace trace;
    private final Truth truth;
    private final Scenario scenario;
    private final List<Link> links = new ArrayList<>();
    /** Over which connection each message was sent first, by client message id. */
    private final Map<String, OwnReplyCheck> sentFirst = new HashMap<>();

    Network(VirtualTime time, SplittableRandom random, Referee referee, Trace trace, Truth truth, Scenario scenario) {
        this.time = time;
        this.random = random;
        this.referee = referee;
        this.trace = trace;
        this.truth = truth;
        this.scenario = scenario;
    }

    /** @param node where to; one that is down answers with a refusal, or not at all */
    void connect(Device device, Process client, Node node, boolean reachable, Connector.Listener listener) {
        if (!reachable || !node.isUp()) {
            if (random.nextInt(3) > 0) {
                time.add(random.nextLong(PROMPT_WORD), client, false, () -> listener.closed(UNREACHABLE));
            }
            return;
        }
        links.removeIf(Link::isOver);
        FrameChecks checks = new FrameChecks(
                device.user(),
                device.name(),
                truth,
                time,
                referee,
                trace,
                scenario.engine(),
                new RecallCheck(node.told()),
                new OwnReplyCheck(device.user(), sentFirst));
        Link link = new Link(time, random, client, node.process(), listener, checks, referee);
        links.add(link);
        trace.note(device.name(), "connects to", node.name());
        link.open(node.engine());
    }

    /** A process died: the other ends are told soon, late, or never, and what it had sent may arrive or not. */
    void died(Process process) {
        for (Link link : List.copyOf(links)) {
            if (link.isOf(process)) {
                link.breakOff();
            }
        }
        links.removeIf(Link::isOver);
    }

    /** Connections end as if their cables were pulled. */
    void cut(Process process) {
        each(process, link -> link.cut(word(), word()));
    }

    void freeze(Process process, boolean upwards, boolean downwards) {
        each(process, link -> link.freeze(upwards, downwards));
    }

    void slowDown(Process process, long nanos) {
        each(process, link -> link.slowDown(nanos));
    }

    void cutAll() {
        List.copyOf(links).forEach(link -> link.cut(word(), word()));
    }

    void noneIsSlow() {
        links.forEach(link -> link.slowDown(0));
    }

    private void each(Process process, Consumer<Link> change) {
        for (Link link : List.copyOf(links)) {
            if (link.isOf(process)) {
                change.accept(link);
            }
        }
    }

    private long word() {
        return random.nextLong(random.nextInt(4) == 0 ? LATE_WORD : PROMPT_WORD);
    }
}
