package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Says whether the tests of the page in a real browser are part of this run. */
class BrowserNoticeIT {
    @Test
    void itIsSaidWhetherThePageIsTestedInABrowser() {
        String browser = System.getProperty("lastack.browser");
        assertThat(browser).isIn("true", "false");
        System.out.println(
                browser.equals("true")
                        ? "The page is tested in a real browser."
                        : "NOT PART OF THIS RUN: the tests of the page in a real browser. Install Chromium and add -Dbrowser=true.");
    }
}
