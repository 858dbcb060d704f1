package io.lastack.transport.tyrus.load;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Clients that do nothing but answer pings, in a process of their own. */
final class CrowdProcess implements AutoCloseable {

    private final Child child;

    private CrowdProcess(Child child) {
        this.child = child;
    }

    static CrowdProcess start() throws IOException {
        return new CrowdProcess(Child.start(CrowdProcess.class, List.of("-Xmx1g")));
    }

    /** Connects so many more, with a server that asks for users as users; ready when it returns. */
    void open(HostKind kind, int port, int count) throws IOException {
        child.ask(kind == HostKind.LASTACK ? "users" : "clients", port, count);
    }

    /** The pings that each client of the last {@link #open} had at least, and how many are open. */
    Map<String, Long> state() throws IOException {
        return child.ask("state");
    }

    /** Ends all connections. */
    void leave() throws IOException {
        child.ask("leave");
    }

    @Override
    public void close() throws InterruptedException {
        child.close();
    }

    /** The process's side. */
    public static void main(String[] arguments) throws Exception {
        var loop = new PeerLoop();
        var crowd = new Crowd(loop);
        Child.serve(crowd::answer);
    }

    private static final class Crowd {

        private final PeerLoop loop;
        private List<? extends Client> clients = List.of();

        Crowd(PeerLoop loop) {
            this.loop = loop;
        }

        Map<String, Long> answer(List<String> words) throws Exception {
            return switch (words.get(0)) {
                case "users", "clients" -> open(words);
                case "state" ->
                    loop.call(() -> Map.of(
                            "pings",
                            clients.stream()
                                    .mapToLong(client -> client.pings)
                                    .min()
                                    .orElse(0),
                            "open",
                            clients.stream()
                                    .filter(client -> !client.peer.isEnded())
                                    .count()));
                case "leave" ->
                    loop.call(() -> {
                        loop.peers().forEach(Peer::end);
                        return Map.of();
                    });
                default -> throw new IllegalArgumentException(words.toString());
            };
        }

        private Map<String, Long> open(List<String> words) throws Exception {
            int port = Integer.parseInt(words.get(1));
            int count = Integer.parseInt(words.get(2));
            clients = words.get(0).equals("users")
                    ? Ramp.open(loop, port, count, (n, ready) -> new UserClient("idle-" + n, ready))
                    : Ramp.open(loop, port, count);
            return Map.of();
        }
    }
}
