package io.lastack.examples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lastack.examples.bench.wire.WebSocketDialer;
import io.lastack.proto.WireCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lastack-server.jar bench}: puts load on a server, checks everything that comes, and prints what it measured. */
@Command(
        name = "bench",
        description = {
            "Puts load on a server, checks everything that comes, and prints what it measured.",
            "Without --url it starts a server in a process of its own for each workload.",
            "Ends with 1 if a message was lost, repeated or out of order."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--workload",
            defaultValue = "all",
            description = "w1: pairs, w2: one group, w3: messages that wait; or all")
    private String workload = "all";

    @Option(names = "--users", defaultValue = "100", description = "w1: how many users, in pairs (${DEFAULT-VALUE})")
    private int users;

    @Option(
            names = "--in-flight",
            defaultValue = "16",
            description = "w1: messages under way of each user (${DEFAULT-VALUE})")
    private int inFlight;

    @Option(
            names = "--members",
            defaultValue = "200",
            description = "w2: how many members, all online (${DEFAULT-VALUE})")
    private int members;

    @Option(names = "--senders", defaultValue = "10", description = "w2: how many of them send (${DEFAULT-VALUE})")
    private int senders;

    @Option(
            names = "--group-in-flight",
            defaultValue = "2",
            description = "w2: messages under way of each sender (${DEFAULT-VALUE})")
    private int groupInFlight;

    @Option(names = "--waiting", defaultValue = "10000", description = "w3: how many messages wait (${DEFAULT-VALUE})")
    private int waiting;

    @Option(names = "--size", defaultValue = "200", description = "bytes of a message's body (${DEFAULT-VALUE})")
    private int size;

    @Option(names = "--warmup", defaultValue = "10", description = "seconds before each measurement (${DEFAULT-VALUE})")
    private int warmup;

    @Option(names = "--seconds", defaultValue = "10", description = "seconds of each measurement (${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--rate",
            defaultValue = "half",
            description =
                    "latency is measured once more at this rate: messages per second, half (of full speed) or none (${DEFAULT-VALUE})")
    private String rate = "half";

    @Option(names = "--codec", defaultValue = "proto", description = "proto or json (${DEFAULT-VALUE})")
    private String codec = "proto";

    @Option(names = "--url", description = "a server that runs already, as ws://localhost:8080/im")
    private @Nullable URI url;

    @Option(
            names = "--jwt-secret",
            description = "with --url: the secret of the server's tokens; without, its dev login is asked")
    private @Nullable String jwtSecret;

    @Option(names = "--server-pid", description = "with --url: the server's process, to tell what it costs")
    private @Nullable Long serverPid;

    @Option(
            names = "--in-process",
            description = "an engine in memory in this process, without a network: for profiling")
    private boolean inProcess;

    @Option(
            names = "--server-jvm",
            description = "an option for the JVM of the server that is started; may be repeated")
    private List<String> serverJvm = new ArrayList<>();

    @Option(names = "--server-option", description = "an option for the server that is started; may be repeated")
    private List<String> serverOptions = new ArrayList<>();

    @Option(names = "--json", description = "prints all figures in one line of JSON at the end")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<WorkloadName> workloads;
        Bench bench;
        try {
            workloads = WorkloadName.parse(workload);
            bench = new Bench(load(), Rate.parse(rate));
            if (url != null) {
                WebSocketDialer.requireUsable(url);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
        }
        List<Figures> all = new ArrayList<>();
        for (WorkloadName each : workloads) {
            all.addAll(run(bench, each));
        }
        if (json) {
            out().println(new ObjectMapper()
                    .writeValueAsString(all.stream().map(Figures::toMap).toList()));
            out().flush();
        }
        return all.stream().anyMatch(figures -> figures.get("faults") > 0) ? 1 : 0;
    }

    private List<Figures> run(Bench bench, WorkloadName each) throws Exception {
        try (Target target = target()) {
            String runId = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
            List<Figures> figures = bench.run(each, runId, target);
            figures.forEach(phase -> out().println(phase.toText() + System.lineSeparator()));
            out().flush();
            return figures;
        }
    }

    private Target target() throws IOException, InterruptedException {
        if (inProcess) {
            return Target.inProcess(wireCodec());
        }
        if (url == null) {
            return Target.spawned(wireCodec(), serverJvm, serverOptions);
        }
        OptionalLong pid = serverPid == null ? OptionalLong.empty() : OptionalLong.of(serverPid);
        return Target.running(wireCodec(), url, jwtSecret, pid);
    }

    private Load load() {
        return new Load(wireCodec(), users, members, senders, waiting, inFlight, groupInFlight, size, warmup, seconds);
    }

    private WireCodec wireCodec() {
        return switch (codec) {
            case "proto" -> WireCodec.PROTO;
            case "json" -> WireCodec.JSON;
            default -> throw new IllegalArgumentException("--codec " + codec + " is not allowed; proto or json are");
        };
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
