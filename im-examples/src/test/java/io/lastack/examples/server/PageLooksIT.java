package io.lastack.examples.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks through the page on a desktop and on a phone, in light and in dark. Every view is kept as a picture in
 * {@code target/screenshots}, for people to look at, and held to what can be measured.
 */
@Tag("browser")
class PageLooksIT extends Pages {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String WITH_BOB = "direct:alice~bob";
    private static final String CREW = "group:crew";

    static WireClient bob;
    static WireClient carol;

    @BeforeAll
    static void peopleHaveTalked() {
        WireClient alice = WireClient.join(server, WireCodec.JSON, "alice", "phone", true);
        bob = WireClient.join(server, WireCodec.JSON, "bob", "phone", true);
        carol = WireClient.join(server, WireCodec.JSON, "carol", "phone", true);
        say(bob, "user:alice", "Morning! Did the numbers from Friday arrive?");
        say(alice, "user:bob", "They did, all of them: https://example.org/reports/2026/a-chart-with-a-long-name.html");
        say(alice, "user:bob", "The second half looks much better than we thought.");
        say(bob, "user:alice", "Two things I noticed:\n– the axis starts at 40\n– June is counted twice");
        say(alice, "user:bob", "Good catch, I will fix June.");
        alice.awaitCount(WITH_BOB, 5);
        bob.await(bob.request(id -> new ClientFrame.Read(id, WITH_BOB, 3)));
        bob.awaitCount(WITH_BOB, 5);
        say(alice, "user:bob", "你好，下午三点见？");

        carol.await(carol.request(id -> new ClientFrame.Group(
                id,
                null,
                new GroupAction.Create("crew", "Release crew", List.of("alice", "bob", "dave"), null, "create"))));
        carol.await(carol.request(id -> new ClientFrame.Group(
                id,
                CREW,
                new GroupAction.SetAttributes(Map.of("topic", "Release 2.4", "handbook", "https://example.org")))));
        carol.await(carol.request(id -> new ClientFrame.Group(id, CREW, new GroupAction.SetRole("alice", "admin"))));
        say(carol, CREW, "Who is on call this weekend?");
        say(bob, CREW, "I am, from Saturday morning.");
        say(alice, CREW, "I can take Sunday evening if that helps.");
        bob.await(bob.request(id -> new ClientFrame.Read(id, CREW, 6)));
        for (String other : List.of("dora", "erin", "frank")) {
            WireClient client = WireClient.join(server, WireCodec.JSON, other, "phone", true);
            say(client, "user:alice", "A message that is too long for the line it stands in, and is cut at its end");
            client.cut();
        }
        alice.cut();
    }

    private static void say(WireClient client, String conversation, String text) {
        client.await(client.send(conversation, "m" + client.frames.size() + text.hashCode(), text));
    }

    @ParameterizedTest
    @CsvSource({
        "desktop, 1280, 800, LIGHT",
        "desktop, 1280, 800, DARK",
        "phone, 390, 844, LIGHT",
        "phone, 390, 844, DARK"
    })
    void everyViewFitsTheScreenAndTheColoursThatWereAskedFor(String device, int width, int height, ColorScheme scheme) {
        boolean phone = device.equals("phone");
        Tab alice = tab(
                "alice",
                new Browser.NewContextOptions()
                        .setLocale("en-GB")
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setIsMobile(phone)
                        .setHasTouch(phone)
                        .setDeviceScaleFactor(phone ? 2 : 1));
        Camera camera = new Camera(alice, device, scheme);
        camera.take("1-login");

        bob.await(bob.send("user:alice", "for " + device + scheme, "Shall we say four instead?"));
        carol.await(carol.send(CREW, "for " + device + scheme, "The release notes are ready for review."));
        alice.signIn();
        assertThat(alice.conversation(CREW)).containsText("release notes");
        assertThat(alice.conversation(WITH_BOB)).containsText("four instead");
        camera.take("2-list");

        alice.openChat(WITH_BOB);
        assertThat(alice.at("message-text").last()).hasText("Shall we say four instead?");
        assertThat(alice.at("conversations")).isVisible(visible(!phone));
        camera.take("3-chat");
        alice.at("message").last().hover();
        alice.at("message-actions").last().click();
        camera.take("3-menu");
        alice.page.keyboard().press("Escape");
        alice.at("details-open").click();
        assertThat(alice.at("block")).isVisible();
        camera.take("3-settings");
        alice.at("side-close").click();
        backOn(phone, alice);

        alice.openChat(CREW);
        assertThat(alice.at("message-text").last()).hasText("The release notes are ready for review.");
        assertThat(alice.at("tick")).hasText("1");
        camera.take("4-group");
        alice.at("members-open").click();
        assertThat(alice.at("member")).hasCount(4);
        camera.take("5-members");
        alice.at("side-close").click();
        alice.at("tick").click();
        assertThat(alice.at("readers-waiting")).containsText("dave");
        camera.take("6-readers");
        alice.at("side-close").click();
        backOn(phone, alice);

        alice.at("new-group").click();
        assertThat(alice.at("new-group-dialog")).isVisible();
        camera.take("7-new-group");
        alice.page.keyboard().press("Escape");

        alice.openChat(WITH_BOB);
        alice.context.setOffline(true);
        alice.awaitBanner(true);
        alice.write("Four is fine.");
        alice.awaitState("sending");
        camera.take("8-offline");
    }

    private static void backOn(boolean phone, Tab tab) {
        if (phone) {
            tab.at("chat-back").click();
            assertThat(tab.at("chat")).isHidden();
        }
    }

    private static IsVisibleOptions visible(boolean visible) {
        return new IsVisibleOptions().setVisible(visible);
    }

    private record Camera(Tab tab, String device, ColorScheme scheme) {
        /** Controls that a person cannot reach, by their label. */
        private static final String OUT_OF_SIGHT = """
                () => [...document.querySelectorAll('button, input, textarea, select, dialog')]
                    .filter((element) => element.checkVisibility() && !element.closest('.scroller, .conversations, .side-content'))
                    .filter((element) => {
                      const box = element.getBoundingClientRect();
                      return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight;
                    })
                    .map((element) => element.id || element.className)""";

        /** Controls in sight that have no name for who does not see them. */
        private static final String NAMELESS = """
                () => [...document.querySelectorAll('button, input, textarea, select, a')]
                    .filter((element) => element.checkVisibility())
                    .filter((element) => !(element.ariaLabel || element.textContent.trim() || element.labels?.length))
                    .map((element) => element.outerHTML.slice(0, 120))""";

        private static final String LIGHTNESS = """
                () => {
                  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
                  return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
                }""";

        void take(String view) {
            Page page = tab.page;
            String name = String.join("-", device, scheme.name().toLowerCase(Locale.ROOT), view);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
            assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                    .as("pixels by which %s is too wide", name)
                    .isEqualTo(0);
            assertThat((List<?>) page.evaluate(OUT_OF_SIGHT))
                    .as("controls out of sight in %s", name)
                    .isEmpty();
            assertThat((List<?>) page.evaluate(NAMELESS))
                    .as("controls without a name in %s", name)
                    .isEmpty();
            int lightness = (int) page.evaluate(LIGHTNESS);
            assertThat(scheme == ColorScheme.DARK ? 255 - lightness : lightness)
                    .as("distance of the background from the opposite of %s, of 255", scheme)
                    .isGreaterThan(180);
        }
    }
}
