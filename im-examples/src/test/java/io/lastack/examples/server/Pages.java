package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server and one browser for a class of tests; in each test the tabs of as many people as it needs. */
abstract class Pages {
    static final double PATIENCE_MILLIS = 60_000;

    @TempDir
    static Path directory;

    static ServerProcess server;
    static Chromium chromium;

    private final List<Tab> tabs = new ArrayList<>();

    @BeforeAll
    static void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = Chromium.launch();
        server = ServerProcess.start(directory);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void nothingWentWrongInAnyTab() {
        List<String> errors = tabs.stream().flatMap(tab -> tab.errors.stream()).toList();
        tabs.forEach(Tab::close);
        assertThat(errors).isEmpty();
    }

    Tab join(String user) {
        return tab(user, new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 800))
                .signIn();
    }

    Tab tab(String user, Browser.NewContextOptions options) {
        Tab tab = Tab.open(chromium.browser, server, user, options);
        tabs.add(tab);
        return tab;
    }
}
