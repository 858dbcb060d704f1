package io.lastack.examples.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people do with messages and with each other at the page of the running jar, one of them away part of the time. */
@Tag("browser")
class PageTogetherIT extends Pages {
    @Test
    void aMessageIsReactedToAnsweredEditedAndRecalledAndWhoWasAwaySeesHowItStands() {
        Tab ann = join("ann");
        Tab ben = join("ben");
        ann.startChatWith("ben");
        ann.write("a secret");
        ann.write("shall we met at four?");
        ben.openChat("direct:ann~ben");
        ben.awaitTexts("a secret", "shall we met at four?");

        menuOf(ben, 1, "quick");
        assertThat(ann.at("reaction")).hasText("👍");
        menuOf(ben, 1, "menu-reply");
        ben.write("yes @ann, four is fine");
        assertThat(ann.at("quote")).containsText("shall we met");
        assertThat(ann.page.locator(".mention")).hasText("@ann");

        ben.page.close();
        menuOf(ann, 1, "menu-edit");
        ann.write("shall we meet at four?");
        assertThat(ann.at("edited")).isVisible();
        menuOf(ann, 0, "menu-recall");
        ann.at("confirm-ok").click();
        assertThat(ann.page.locator(".recalled")).hasCount(1);

        ben.open();
        ben.signIn();
        ben.openChat("direct:ann~ben");
        ben.awaitTexts("This message was recalled.", "shall we meet at four?", "yes @ann, four is fine");
        assertThat(ben.at("reaction")).hasAttribute("aria-pressed", "true");
        ben.at("reaction").click();
        assertThat(ann.at("reaction")).hasCount(0);
    }

    @Test
    void whoIsNamedInAGroupSeesItInTheList() {
        Tab cat = join("cat");
        Tab dee = join("dee");
        cat.createGroup("Trip", "dee, eli");
        cat.write("nobody in particular");
        cat.write("over to you, @dee");
        assertThat(dee.at("conversation-unread")).hasAttribute("data-count", "2");
        assertThat(dee.at("conversation-mentions")).isVisible();
        dee.at("conversation").click();
        assertThat(dee.at("conversation-mentions")).hasCount(0);
    }

    @Test
    void whoIsNamedBeforeThePageKnowsTheMembersIsNamedAllTheSame() {
        Tab nan = tab("nan", new Browser.NewContextOptions().setLocale("en-GB"));
        Tab oto = join("oto");
        Deque<Runnable> askedForMembers = new ArrayDeque<>();
        nan.page.routeWebSocket(url -> true, socket -> {
            WebSocketRoute server = socket.connectToServer();
            socket.onMessage(frame -> {
                if (frame.text().contains("\"members\":{")) {
                    askedForMembers.add(() -> server.send(frame.text()));
                } else {
                    server.send(frame.text());
                }
            });
        });
        nan.page.reload();
        nan.signIn();
        nan.createGroup("Late", "oto");
        nan.write("over to you, @oto");
        nan.write("@nobody else");
        nan.page.waitForCondition(() -> askedForMembers.size() == 2);
        askedForMembers.forEach(Runnable::run);
        assertThat(oto.at("conversation-mentions")).isVisible();
        assertThat(nan.page.locator(".mention")).hasText("@oto");
        oto.at("conversation").click();
        oto.awaitTexts("over to you, @oto", "@nobody else");
    }

    @Test
    void aFriendRequestIsAnsweredWithAButtonAndBothKnowAlsoLater() {
        Tab fay = join("fay");
        fay.startChatWith("gil");
        fay.at("details-open").click();
        fay.at("friend-request").click();
        assertThat(fay.at("friend-request")).isDisabled();

        Tab gil = join("gil");
        gil.openChat("inbox:gil");
        gil.at("notice-accepted").click();
        assertThat(gil.at("notice")).containsText("accepted");
        assertThat(gil.at("notice-accepted")).hasCount(0);
        fay.openChat("inbox:fay");
        assertThat(fay.at("notice")).containsText("accepted");

        Tab again = join("gil");
        again.openChat("inbox:gil");
        assertThat(again.at("notice")).containsText("accepted");
    }

    @Test
    void whoComesGoesAndTypesIsSeen() {
        Tab hal = join("hal");
        hal.startChatWith("ida");
        hal.write("there?");
        assertThat(hal.at("conversation").locator("[data-testid=online]")).hasCount(0);
        Tab ida = join("ida");
        assertThat(hal.at("chat-subtitle")).hasText("online");
        assertThat(hal.at("conversation").locator("[data-testid=online]")).hasCount(1);
        ida.openChat("direct:hal~ida");
        ida.at("composer-text").pressSequentially("I am");
        assertThat(hal.at("chat-subtitle")).hasText("typing…");
        ida.page.close();
        assertThat(hal.at("chat-subtitle")).containsText("last seen");
    }

    @Test
    void whatOneSetsShowsOnTheOtherDeviceAndABlockedUserIsRefused() {
        Tab desk = join("jan");
        Tab phone = join("jan");
        Tab kim = join("kim");
        kim.startChatWith("jan");
        kim.write("one");
        desk.openChat("direct:jan~kim");
        desk.at("details-open").click();
        desk.at("details-pinned").check();
        assertThat(phone.at("pin")).isVisible();
        desk.at("details-quiet").check();
        assertThat(phone.at("bell-off")).isVisible();
        desk.at("details-archived").check();
        assertThat(phone.at("conversation")).hasCount(0);
        phone.at("archive").click();
        assertThat(phone.at("conversation")).hasCount(1);

        desk.at("block").click();
        desk.at("confirm-ok").click();
        assertThat(desk.at("block")).containsText("Unblock");
        kim.write("two");
        assertThat(kim.at("failure")).isVisible();
        desk.at("block").click();
        assertThat(desk.at("block")).hasText("Block kim");
        kim.at("retry").click();
        kim.awaitState("delivered");
    }

    @Test
    void everythingIsMarkedAsReadOnBothDevices() {
        Tab lee = join("lee");
        lee.startChatWith("mia");
        lee.write("one");
        lee.createGroup("Two", "mia");
        lee.write("two");
        Tab desk = join("mia");
        Tab phone = join("mia");
        assertThat(phone.at("conversation-unread")).hasCount(2);
        desk.at("more").click();
        desk.at("menu-read-all").click();
        assertThat(desk.at("conversation-unread")).hasCount(0);
        assertThat(phone.at("conversation-unread")).hasCount(0);
    }

    @Test
    void aMemberIsSilencedLetWriteAgainAndMadeTheOwner() {
        Tab ned = join("ned");
        Tab ola = join("ola");
        ned.createGroup("Crew", "ola");
        ned.write("hello");
        ola.at("conversation").click();
        ned.at("members-open").click();
        of(ned, "ola", "member-more").click();
        ned.at("menu-muteEver").click();
        assertThat(ola.at("read-only")).isVisible();
        assertThat(of(ned, "ola", "member-muted")).isVisible();
        of(ned, "ola", "member-more").click();
        ned.at("menu-unmute").click();
        assertThat(ola.at("composer-text")).isVisible();
        of(ned, "ola", "member-more").click();
        ned.at("menu-transfer").click();
        ned.at("confirm-ok").click();
        assertThat(ned.page.locator("[data-user=ned]")).containsText("Admin");
        assertThat(ned.at("event").last()).containsText("made ola the owner");
    }

    @Test
    void whatIsSaidAboutAGroupIsChangedByWhoLeadsItAndSeenByAll() {
        Tab una = join("una");
        Tab viv = join("viv");
        una.createGroup("Rowers", "viv");
        una.write("hello");
        viv.at("conversation").click();
        viv.at("members-open").click();
        assertThat(viv.at("member")).hasCount(2);
        assertThat(viv.at("attribute-submit")).hasCount(0);
        una.at("members-open").click();
        say(una, "topic", "Rowing on Sundays");
        assertThat(viv.at("attribute")).containsText("Rowing on Sundays");
        say(una, "place", "The pier");
        assertThat(viv.at("attribute")).hasCount(2);
        una.page.locator("[data-name=topic]").getByTestId("attribute-edit").click();
        una.at("attribute-value").fill("Rowing on Mondays");
        una.at("attribute-submit").click();
        assertThat(viv.page.locator("[data-name=topic]")).containsText("Mondays");
        una.page.locator("[data-name=place]").getByTestId("attribute-remove").click();
        assertThat(viv.at("attribute")).hasCount(1);
        assertThat(viv.at("event").last()).containsText("una");
    }

    private static void say(Tab tab, String name, String value) {
        tab.at("attribute-name").fill(name);
        tab.at("attribute-value").fill(value);
        tab.at("attribute-submit").click();
        assertThat(tab.page.locator("[data-name=" + name + "]")).containsText(value);
    }

    @Test
    void inARoomOnePlaysForAllAndWhoComesLaterIsTold() {
        Tab pia = inRoom(join("pia"));
        Tab rob = inRoom(join("rob"));
        assertThat(pia.at("room-count")).containsText("2");
        pia.at("room-toggle").click();
        assertThat(rob.at("room-toggle")).hasAttribute("data-playing", "true");
        rob.at("room-bar").fill("90");
        assertThat(pia.at("room-time")).hasText(Pattern.compile("^1:3\\d / 3:00$"));
        Tab sue = inRoom(join("sue"));
        assertThat(sue.at("room-toggle")).hasAttribute("data-playing", "true");
        assertThat(sue.at("room-time")).hasText(Pattern.compile("^1:[345]\\d / 3:00$"));
    }

    @Test
    void theServersFiguresAreShown() {
        Tab tom = tab("tom", new Browser.NewContextOptions().setLocale("zh-CN")).signIn();
        tom.at("more").click();
        tom.at("menu-server").click();
        assertThat(tom.at("server-connections")).hasText(Pattern.compile("^[1-9]\\d*$"));
        assertThat(tom.at("server-messagesAppended")).containsText("/秒");
    }

    private static Tab inRoom(Tab tab) {
        tab.at("more").click();
        tab.at("menu-room").click();
        tab.at("room-join").click();
        assertThat(tab.at("room-toggle")).isVisible();
        return tab;
    }

    private static Locator of(Tab tab, String user, String testId) {
        return tab.page.locator("[data-user=" + user + "]").getByTestId(testId);
    }

    /** Opens the menu of the message, and clicks the first such item of it. */
    private static void menuOf(Tab tab, int message, String item) {
        Locator row = tab.at("message").nth(message);
        row.hover();
        row.getByTestId("message-actions").click();
        tab.at(item).first().click();
    }
}
