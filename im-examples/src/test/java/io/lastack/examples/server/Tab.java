package io.lastack.examples.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody at the page, in a browser profile of their own. Each wait ends at the patience set for the class. */
final class Tab implements AutoCloseable {
    /** How far a message gets, one after the other. */
    private static final List<String> PROGRESS = List.of("sent", "delivered", "read");

    final ServerProcess server;
    final String user;
    final BrowserContext context;
    /** What the page wrote to the console as an error or did not catch, but for requests that found no network. */
    final List<String> errors = new ArrayList<>();
    /** WebSocket messages that the page has sent. */
    int framesSent;

    Page page;

    private Tab(ServerProcess server, String user, BrowserContext context) {
        this.server = server;
        this.user = user;
        this.context = context;
        context.setDefaultTimeout(Pages.PATIENCE_MILLIS);
        open();
    }

    static Tab open(Browser browser, ServerProcess server, String user, Browser.NewContextOptions options) {
        return new Tab(server, user, browser.newContext(options));
    }

    /** A new tab of the same profile, at the login. */
    void open() {
        page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("net::ERR_")) {
                errors.add(message.text());
            }
        });
        page.onWebSocket(socket -> socket.onFrameSent(frame -> framesSent++));
        page.navigate(server.uri("/").toString());
        assertThat(at("login-form")).isVisible();
    }

    Locator at(String testId) {
        return page.getByTestId(testId);
    }

    Tab signIn() {
        at("login-name").fill(user);
        at("login-submit").click();
        assertThat(at("app")).isVisible();
        return this;
    }

    void startChatWith(String other) {
        at("new-chat").click();
        at("new-chat-name").fill(other);
        at("new-chat-start").click();
        assertThat(at("chat-title")).hasText(other);
    }

    void createGroup(String name, String members) {
        at("new-group").click();
        at("new-group-name").fill(name);
        at("new-group-members").fill(members);
        at("new-group-create").click();
        assertThat(at("chat-title")).hasText(name);
    }

    Locator conversation(String id) {
        return page.locator("[data-conversation='" + id + "']");
    }

    void openChat(String id) {
        conversation(id).click();
        assertThat(at("chat")).isVisible();
    }

    void write(String text) {
        at("composer-text").fill(text);
        at("composer-text").press("Enter");
    }

    /** Waits until the open chat shows exactly these messages, in this order. */
    void awaitTexts(String... texts) {
        assertThat(at("message-text")).hasText(texts);
    }

    /**
     * Waits until the last message of this user has come so far: sending or failed, or at least sent, delivered or read. A
     * message that is read at once may never be seen as delivered.
     */
    void awaitState(String state) {
        int least = PROGRESS.indexOf(state);
        String allowed = least < 0 ? state : String.join("|", PROGRESS.subList(least, PROGRESS.size()));
        assertThat(page.locator("[data-testid=message].mine").last())
                .hasAttribute("data-state", Pattern.compile("^(" + allowed + ")$"));
    }

    void awaitTitle(String title) {
        assertThat(page).hasTitle(title);
    }

    void awaitBanner(boolean shown) {
        assertThat(at("banner")).isVisible(new IsVisibleOptions().setVisible(shown));
    }

    @Override
    public void close() {
        context.close();
    }
}
