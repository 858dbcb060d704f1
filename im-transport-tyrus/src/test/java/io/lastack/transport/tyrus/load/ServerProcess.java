package io.lastack.transport.tyrus.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A server in a process of its own. */
final class ServerProcess implements AutoCloseable {

    private static final Logger GRIZZLY = Logger.getLogger("org.glassfish");

    private final Child child;
    private final int port;

    private ServerProcess(Child child) throws IOException {
        this.child = child;
        this.port = Math.toIntExact(child.ask("port").get("port"));
    }

    static ServerProcess start(HostKind kind, HostOptions options, String... jvm) throws IOException {
        return new ServerProcess(Child.start(ServerProcess.class, List.of(jvm), arguments(kind, options)));
    }

    /** See {@link Child#startBehindOthers}. */
    static ServerProcess startBehindOthers(HostKind kind, HostOptions options, String... jvm) throws IOException {
        return new ServerProcess(Child.startBehindOthers(ServerProcess.class, List.of(jvm), arguments(kind, options)));
    }

    private static Object[] arguments(HostKind kind, HostOptions options) {
        List<Object> arguments = new ArrayList<>(List.of(kind));
        arguments.addAll(options.arguments());
        return arguments.toArray();
    }

    int port() {
        return port;
    }

    Map<String, Long> ask(Object... words) throws IOException {
        return child.ask(words);
    }

    long figure(String what, String figure) throws IOException {
        return child.ask(what).get(figure);
    }

    /** Live objects by class. */
    Map<String, Long> histogram() throws IOException {
        var file = Files.createTempFile("histogram", ".txt");
        try {
            child.ask("histogram", file);
            return ProcessFigures.histogram(file);
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void close() throws InterruptedException {
        child.close();
    }

    /** The server's side. */
    public static void main(String[] arguments) throws Exception {
        GRIZZLY.setLevel(Level.WARNING);
        var kind = HostKind.valueOf(arguments[0]);
        var host = kind.start(HostOptions.parse(List.of(arguments).subList(1, arguments.length)));
        Child.serve(words -> switch (words.get(0)) {
            case "port" -> Map.of("port", (long) host.port());
            case "figures" -> ProcessFigures.now();
            case "collected" -> ProcessFigures.collected();
            case "histogram" -> {
                ProcessFigures.writeHistogram(Path.of(words.get(1)));
                yield Map.of();
            }
            default -> host.answer(words);
        });
    }
}
