package io.lastack.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ShopTest {
    @TempDir
    Path directory;

    @Test
    void theExampleRunsAndRunsAgainOnItsData() {
        assertThat(run())
                .containsExactlyInAnyOrder(
                        "order 1 is stored, and so is its message",
                        "alice reads: Your order 1 is on its way: a pound of tea",
                        "the card was declined: neither an order nor a message",
                        "there are 1 orders");
        assertThat(run())
                .contains(
                        "order 2 is stored, and so is its message",
                        "alice reads: Your order 2 is on its way: a pound of tea",
                        "there are 2 orders");
    }

    private String[] run() {
        StringWriter out = new StringWriter();
        int exit =
                new CommandLine(new ShopCommand()).setOut(new PrintWriter(out)).execute("--data", directory.toString());
        assertThat(exit).isZero();
        return out.toString().split(System.lineSeparator());
    }

    @Test
    void anOrderThatFailsAtItsLastStepLeavesNoMessage() throws SQLException {
        UserId bob = UserId.of("bob");
        try (Shop shop = Shop.open(directory)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> shop.order(bob, "gold", () -> {
                        throw new IllegalStateException("declined");
                    }));
            assertThat(shop.orders()).isZero();
            assertThat(shop.im().messages().lastSeq(ConversationId.inbox(bob))).isZero();

            assertThat(shop.order(bob, "tea", () -> {})).isEqualTo(1);
            assertThat(shop.im().messages().lastSeq(ConversationId.inbox(bob))).isEqualTo(1);
        }
    }
}
