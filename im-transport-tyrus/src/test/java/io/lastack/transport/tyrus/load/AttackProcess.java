package io.lastack.transport.tyrus.load;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@link Attackers} in a process of their own. */
final class AttackProcess implements AutoCloseable {

    private final Child child;

    private AttackProcess(Child child) {
        this.child = child;
    }

    static AttackProcess start(int port, String group, int perSecond) throws IOException {
        return new AttackProcess(
                Child.startBehindOthers(AttackProcess.class, List.of("-Xmx1g"), port, group, perSecond));
    }

    void begin(int ofEach) throws IOException {
        child.ask("begin", ofEach);
    }

    Map<String, Long> state() throws IOException {
        return child.ask("state");
    }

    void end() throws IOException {
        child.ask("end");
    }

    @Override
    public void close() throws InterruptedException {
        child.close();
    }

    /** The process's side. */
    public static void main(String[] arguments) throws Exception {
        var loop = new PeerLoop();
        var attackers = loop.call(() ->
                new Attackers(loop, Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2])));
        Child.serve(words -> loop.call(() -> {
            switch (words.get(0)) {
                case "begin" -> attackers.begin(Integer.parseInt(words.get(1)));
                case "end" -> attackers.end();
                default -> {}
            }
            return attackers.state();
        }));
    }
}
