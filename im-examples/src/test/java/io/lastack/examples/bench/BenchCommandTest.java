package io.lastack.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"proto", "json"})
    void allWorkloadsRunWithoutFaultsOverAnEngineInThisProcess(String codec) throws Exception {
        int code = run(
                "--codec",
                codec,
                "--users",
                "6",
                "--members",
                "20",
                "--senders",
                "3",
                "--waiting",
                "700",
                "--rate",
                "100");

        JsonNode phases = lastLine();
        assertThat(code).isZero();
        assertThat(phases).hasSize(5);
        phases.forEach(phase -> assertThat(phase.path("faults").asInt()).isZero());
        assertThat(phases.findValuesAsText("workload")).containsExactly("w1", "w1", "w2", "w2", "w3");
        assertThat(phases.findValuesAsText("phase")).containsExactly("full", "rate", "full", "rate", "drain");
    }

    @Test
    void thereAreAsManyDeliveriesAsMessagesTimesReceivers() throws Exception {
        run("--workload", "w2", "--members", "21", "--senders", "3", "--rate", "none");

        JsonNode group = lastLine().get(0);
        double messages = group.path("messagesPerSecond").asDouble();
        double deliveries = group.path("deliveriesPerSecond").asDouble();
        assertThat(messages).isPositive();
        // What is under way when the clock starts or stops counts in one of the two only.
        assertThat(deliveries / messages).isBetween(15.0, 25.0);
    }

    @Test
    void latencyAtAFixedRateIsOfMessagesAtThatRate() throws Exception {
        run("--workload", "w1", "--users", "4", "--rate", "200");

        JsonNode phase = lastLine().get(1);
        assertThat(phase.path("ratePerSecond").asDouble()).isEqualTo(200);
        assertThat(phase.path("deliverP50Millis").asDouble()).isPositive();
        assertThat(phase.path("messages").asInt()).isBetween(1, 1_000);
    }

    private int run(String... args) {
        String[] all = new String[args.length + 6];
        System.arraycopy(new String[] {"--in-process", "--json", "--warmup", "0", "--seconds", "1"}, 0, all, 0, 6);
        System.arraycopy(args, 0, all, 6, args.length);
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .execute(all);
    }

    private JsonNode lastLine() throws Exception {
        return new ObjectMapper()
                .readTree(out.toString().lines().reduce((a, b) -> b).orElseThrow());
    }
}
