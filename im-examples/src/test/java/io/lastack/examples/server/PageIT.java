package io.lastack.examples.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser;
import io.lastack.proto.WireCodec;
import io.lastack.testkit.transport.TcpRelay;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People at the page of the running jar: what they write to each other, and what becomes of it. */
@Tag("browser")
class PageIT extends Pages {
    /** More rows than these the page never draws, however long a conversation is. */
    private static final int MOST_ROWS = 240;

    private static final String MARKUP = "<img src=x onerror=\"document.title='owned'\">";

    @Test
    void aMachineWithoutChromiumIsToldWhatToInstall() {
        assertThatThrownBy(() -> Chromium.find(directory.toString()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("apt-get install chromium");
    }

    @Test
    void aNameThatIsNoneIsRefusedWithTheRule() {
        Tab tab = tab("not a name", new Browser.NewContextOptions().setLocale("en-GB"));
        tab.at("login-name").fill(tab.user);
        tab.at("login-submit").click();
        assertThat(tab.at("login-error")).containsText("1 to 64 letters");
        assertThat(tab.at("app")).isHidden();
    }

    @Test
    void aMessageIsSentThenDeliveredThenReadAndTheTitleCountsIt() {
        Tab ann = join("ann");
        ann.startChatWith("ben");
        ann.write("hello ben");
        ann.awaitState("sent");

        Tab ben = join("ben");
        ben.awaitTitle("(1) LastAck");
        assertThat(ben.at("conversation-unread")).hasAttribute("data-count", "1");
        ann.awaitState("delivered");

        ben.openChat("direct:ann~ben");
        ben.awaitTexts("hello ben");
        ann.awaitState("read");
        ben.awaitTitle("LastAck");

        ben.write("hello ann");
        ann.awaitTexts("hello ben", "hello ann");
        ben.awaitState("read");
        ann.awaitTitle("LastAck");
    }

    @Test
    void whereTheNetworkBlocksWebSocketThePageGoesOnWithoutIt() throws Exception {
        try (TcpRelay network = new TcpRelay(server.uri("/").getPort())) {
            network.refuse("Upgrade: websocket");
            Tab kim = tab("kim", new Browser.NewContextOptions().setLocale("en-GB"));
            kim.page.navigate("http://127.0.0.1:" + network.port() + "/");
            kim.signIn();
            kim.startChatWith("lou");
            kim.write("by another way");
            kim.awaitState("sent");

            Tab lou = join("lou");
            lou.openChat("direct:kim~lou");
            lou.awaitTexts("by another way");
            lou.write("it works");
            kim.awaitTexts("by another way", "it works");

            network.cut();
            lou.write("again");
            kim.awaitTexts("by another way", "it works", "again");
            assertThat(kim.framesSent).isZero();
        }
    }

    @Test
    void aTabThatWasOfflineSaysSoAndComesBackToEachMessageOnceAndInOrder() {
        Tab cleo = join("cleo");
        Tab dan = join("dan");
        cleo.startChatWith("dan");
        cleo.write("before");
        dan.openChat("direct:cleo~dan");
        dan.awaitTexts("before");

        dan.context.setOffline(true);
        dan.awaitBanner(true);
        dan.write("from under the bridge");
        dan.awaitState("sending");
        IntStream.rangeClosed(1, 5).forEach(i -> cleo.write("meanwhile " + i));
        cleo.awaitState("sent");
        dan.awaitTexts("before", "from under the bridge");
        dan.context.setOffline(false);

        String[] all = {
            "before", "meanwhile 1", "meanwhile 2", "meanwhile 3", "meanwhile 4", "meanwhile 5", "from under the bridge"
        };
        dan.awaitBanner(false);
        dan.awaitState("read");
        dan.awaitTexts(all);
        cleo.awaitTexts(all);
        cleo.awaitState("read");
    }

    @Test
    void whatIsWrittenWhileTheServerIsDeadOutlivesTheTabAndArrivesOnceAndInOrder() {
        Tab eve = join("eve");
        Tab fay = join("fay");
        eve.startChatWith("fay");
        eve.write("one");
        fay.openChat("direct:eve~fay");
        eve.awaitState("read");

        server.kill();
        eve.awaitBanner(true);
        fay.awaitBanner(true);
        eve.write("two");
        eve.write("three");
        eve.awaitState("sending");
        eve.page.close();
        server.start();
        eve.open();
        eve.signIn();
        eve.openChat("direct:eve~fay");

        eve.awaitTexts("one", "two", "three");
        fay.awaitTexts("one", "two", "three");
        eve.awaitBanner(false);
        fay.awaitBanner(false);
        eve.awaitState("read");
        fay.write("four");
        eve.awaitTexts("one", "two", "three", "four");
        fay.awaitTexts("one", "two", "three", "four");
    }

    @Test
    void aMessageWhoseReplyWasLostIsSentAgainAndStaysOne() {
        Tab nia = tab("nia", new Browser.NewContextOptions().setLocale("en-GB"));
        Cable cable = new Cable(nia.context);
        nia.page.reload();
        nia.signIn();
        Tab oto = join("oto");
        nia.startChatWith("oto");
        nia.write("one");
        oto.openChat("direct:nia~oto");
        nia.awaitState("read");

        cable.loseAnswers();
        nia.write("two");
        oto.awaitTexts("one", "two");
        nia.awaitState("sending");
        cable.cut();

        nia.awaitState("read");
        nia.write("three");
        oto.awaitTexts("one", "two", "three");
        nia.awaitTexts("one", "two", "three");
    }

    @Test
    void aGroupOfThreeShowsWhoHasReadAMessageAndWhoHasNot() {
        Tab gus = join("gus");
        Tab hal = join("hal");
        gus.createGroup("Trip", "hal, ida");
        gus.write("who comes?");
        hal.at("conversation").click();
        hal.awaitTexts("who comes?");
        gus.awaitState("delivered");
        assertThat(gus.at("tick")).hasText("1");

        gus.at("tick").click();
        assertThat(gus.at("readers-read")).containsText("hal");
        assertThat(gus.at("readers-waiting")).containsText("ida");

        Tab ida = join("ida");
        assertThat(gus.at("readers-delivered")).containsText("ida");
        ida.at("conversation").click();
        ida.awaitTexts("who comes?");
        assertThat(gus.at("readers-read")).containsText("ida");
        gus.awaitState("read");
        ida.write("I do");
        gus.awaitTexts("who comes?", "I do");
        hal.awaitTexts("who comes?", "I do");

        gus.at("members-open").click();
        assertThat(gus.at("member")).hasCount(3);
    }

    @Test
    void tenThousandWaitingMessagesOpenInAFewRowsAndOlderOnesComeWithScrolling() {
        Tab kim = join("kim");
        WireClient jon = WireClient.join(server, WireCodec.PROTO, "jon", "phone", true);
        kim.page.close();
        seed(jon, "user:kim", 10_000);
        jon.cut();

        kim.framesSent = 0;
        kim.open();
        kim.signIn();
        kim.awaitTitle("(10000) LastAck");
        kim.openChat("direct:jon~kim");
        assertThat(kim.at("message-text").last()).hasText("message 10000");
        System.out.printf(
                "10,000 waiting messages: %d packets from the page, %d rows%n",
                kim.framesSent, kim.at("message").count());
        assertThat(kim.framesSent).isLessThanOrEqualTo(100);
        assertThat(seqsOf(kim)).hasSizeLessThanOrEqualTo(MOST_ROWS);

        kim.at("scroller").hover();
        kim.page.waitForCondition(() -> scrollUp(kim) <= 8_500);
        // Rows and texts in one look: the page goes on loading what is above.
        List<Row> rows = rowsOf(kim);
        long first = rows.get(0).seq();
        assertThat(rows)
                .isEqualTo(LongStream.range(first, first + rows.size())
                        .mapToObj(seq -> new Row(seq, "message " + seq))
                        .toList());
    }

    private static void seed(WireClient sender, String conversation, int last) {
        for (int i = 1; i <= last; i++) {
            long request = sender.send(conversation, "m" + i, "message " + i);
            if (i % 500 == 0 || i == last) {
                sender.await(request);
            }
        }
    }

    /** @return the seq of the first row, which the page may still be moving */
    private static long scrollUp(Tab tab) {
        tab.page.mouse().wheel(0, -3_000);
        List<Long> seqs = seqsOf(tab);
        assertThat(seqs).hasSizeLessThanOrEqualTo(MOST_ROWS);
        return seqs.get(0);
    }

    private record Row(long seq, String text) {}

    private static List<Long> seqsOf(Tab tab) {
        return rowsOf(tab).stream().map(Row::seq).toList();
    }

    private static List<Row> rowsOf(Tab tab) {
        Object rows = tab.at("message")
                .evaluateAll("rows => rows.map(row => ["
                        + "row.dataset.seq, row.querySelector('[data-testid=message-text]').textContent])");
        return ((List<?>) rows)
                .stream()
                        .map(row -> (List<?>) row)
                        .map(row -> new Row(Long.parseLong((String) row.get(0)), (String) row.get(1)))
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "en-GB, Write a message, \\d\\d:\\d\\d",
        "en-US, Write a message, \\d+:\\d\\d\\s[AP]M",
        "de-DE, Write a message, \\d+:\\d\\d\\s[AP]M",
        "zh-CN, 输入消息, \\d\\d:\\d\\d"
    })
    void textsAndTimesAreThoseOfTheBrowsersLanguageIfThePageKnowsIt(String locale, String label, String time) {
        Tab pam = tab("pam-" + locale, new Browser.NewContextOptions().setLocale(locale))
                .signIn();
        pam.startChatWith("quin");
        pam.write("hello");
        assertThat(pam.page.getByLabel(label)).isVisible();
        assertThat(pam.page.locator("time")).hasText(Pattern.compile("^" + time + "$"));
    }

    @Test
    void markupInAMessageAndInTheNameOfAGroupStaysText() {
        Tab lea = join("lea");
        Tab max = join("max");
        lea.createGroup(MARKUP, "max");
        lea.write(MARKUP);
        max.at("conversation").click();
        max.awaitTexts(MARKUP);
        assertThat(max.at("chat-title")).hasText(MARKUP);
        assertThat(max.page.locator("img[src=x], img[onerror]").count()).isZero();
        max.awaitTitle("LastAck");
    }
}
