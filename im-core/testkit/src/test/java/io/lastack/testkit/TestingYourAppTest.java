package io.lastack.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.testkit.sim.Quiet;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.Events;

/** The tests of docs/testing-your-app.md, as they stand there, compiled and run by somebody who has only the artifacts. */
@ExtendWith(Quiet.class)
class TestingYourAppTest {
    @TempDir
    Path directory;

    private PageCode page;

    @BeforeEach
    void openPage() {
        page = new PageCode("testing-your-app.md", directory);
    }

    @Test
    void theTestsOfThePageAreGreen() throws Exception {
        Events tests = page.run("com.example.shop.ShippingNoticesTest", page.between("app-test"));

        assertThat(PageCode.names(tests.failed())).isEmpty();
        assertThat(PageCode.names(tests.succeeded())).hasSize(6);
    }

    @Test
    void theTestsOfThePageFailWhereTheApplicationDoesNot() throws Exception {
        String silent = page.between("app-test").replace("order + \" is on its way\"", "\"\"");
        Events tests = page.run("com.example.shop.ShippingNoticesTest", silent);

        assertThat(PageCode.names(tests.failed())).hasSize(5);
    }

    @Test
    void theSimulationOfThePageIsGreen() throws Exception {
        Events tests = page.run("com.example.shop.StoreSimulationTest", page.between("simulation"));

        assertThat(PageCode.names(tests.failed())).isEmpty();
        assertThat(PageCode.names(tests.succeeded())).containsExactly("nothingIsLostWhateverBreaks");
    }
}
