package io.lastack.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionsTest {
    @Test
    void theRateIsANumberOrHalfOfFullSpeedOrNone() {
        assertThat(Rate.parse("1500").given(9_000)).hasValue(1_500);
        assertThat(Rate.parse("half").given(9_000)).hasValue(4_500);
        assertThat(Rate.parse("none").given(9_000)).isEmpty();
    }

    @Test
    void anotherRateIsRefusedWithWhatIsAllowed() {
        for (String wrong : new String[] {"0", "-1", "quick", "NaN", "10000001"}) {
            assertThatThrownBy(() -> Rate.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("--rate " + wrong
                            + " is not allowed; half, none, or messages per second up to 10000000 are");
        }
    }

    @Test
    void aWorkloadIsNamedInAnyCase() {
        assertThat(WorkloadName.parse("w2")).containsExactly(WorkloadName.W2);
        assertThat(WorkloadName.parse("ALL")).containsExactly(WorkloadName.W1, WorkloadName.W2, WorkloadName.W3);
    }

    @Test
    void wrongOptionsAreToldWithWhatIsAllowed() {
        assertThat(complaint("--workload", "w9")).contains("--workload w9 is not allowed; w1, w2, w3 or all are");
        assertThat(complaint("--codec", "xml")).contains("--codec xml is not allowed; proto or json are");
        assertThat(complaint("--users", "1")).contains("--users 1 is not allowed; 2 to 20000 are");
        assertThat(complaint("--senders", "11", "--members", "10"))
                .contains("--senders 11 is not allowed; 1 to 10 are");
        assertThat(complaint("--size", "14")).contains("--size 14 is not allowed; 15 to 65536 are");
        assertThat(complaint("--url", "http://localhost:1/im"))
                .contains("url http://localhost:1/im is not allowed; ws://HOST:PORT/PATH is");
    }

    private static String complaint(String... args) {
        StringWriter err = new StringWriter();
        int code = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(err))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(args);
        assertThat(code).isEqualTo(2);
        return err.toString();
    }
}
