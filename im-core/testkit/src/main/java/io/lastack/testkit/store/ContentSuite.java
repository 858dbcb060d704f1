package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes in comes out, to the last bit. */
abstract class ContentSuite extends StoreSuite {
    ContentSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void everyFieldComesBackAsItWentIn() {
        assertKept(new Content(
                Content.REACTION,
                "image",
                Payload.text("body"),
                Map.of("width", "640", "empty", ""),
                Long.MAX_VALUE,
                List.of(carol, alice, bob),
                3_000_000_000L));
    }

    @Test
    void everyKindComesBack() {
        assertKept(Stream.of(
                        Content.MESSAGE,
                        Content.NOTIFICATION,
                        Content.MEMBERSHIP,
                        Content.REACTION,
                        "x-" + "k".repeat(30))
                .map(kind -> new Content(kind, "text", Payload.text(kind), Map.of(), 0, List.of(), 0)));
    }

    @Test
    void everyTypeComesBack() {
        assertKept(Stream.of("text", "image", "video", "audio", "file", "location", "custom", "x-" + "t".repeat(30))
                .map(type -> Content.message(type, Payload.text(type))));
    }

    @Test
    void textInAnyScriptComesBack() {
        assertKept(Stream.of(
                        "",
                        " ",
                        "trailing space ",
                        "caf\u00e9 cafe\u0301",
                        "\u65e5\u672c\u8a9e \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u0928\u092e\u0938\u094d\u0924\u0947",
                        "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud840\udc00",
                        "line\nline\r\nline\ttab \u0001\u001f\u007f\u0085\u2028\ufeff\uffff",
                        "quote ' \" ` \\ % _ ? : ; -- /* ${x} {0}",
                        "null",
                        "{\"json\":[1]}")
                .map(Content::text));
    }

    @Test
    void largeBodiesComeBack() {
        byte[] bytes = new byte[300_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        assertKept(Stream.of(Payload.bytes(bytes), Payload.text("\u00fc\ud83d\ude00".repeat(50_000)))
                .map(payload -> Content.message("file", payload)));
    }

    @Test
    void bytesOfEveryValueComeBackAsBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        assertKept(Stream.of(Payload.bytes(bytes), Payload.bytes(new byte[0]), Payload.bytes(new byte[] {65}))
                .map(payload -> Content.message("custom", payload)));
    }

    @Test
    void extFieldsOfEveryShapeComeBack() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < Content.MAX_EXT_ENTRIES; i++) {
            many.put("key " + i + " \u00e4\ud83d\ude00'\"\\", "v".repeat(i) + "\n\u0001");
        }
        assertKept(Stream.of(
                        many,
                        Map.of("a", "1", "A", "2", "a ", "3"),
                        Map.of("k".repeat(64), "v".repeat(Content.MAX_EXT_CHARACTERS - 64)),
                        Map.of("=", "&=,;:|"))
                .map(ext -> Content.text("with ext").withExt(ext)));
    }

    @Test
    void mentionsKeepTheirOrder() {
        List<UserId> many = Stream.iterate(Content.MAX_MENTIONS, i -> i > 0, i -> i - 1)
                .map(i -> user("m" + i))
                .toList();
        assertKept(Stream.of(many, List.of(bob, alice), List.of(alice, bob))
                .map(users -> Content.text("hello all").withMentions(users)));
    }

    private void assertKept(Content content) {
        assertKept(Stream.of(content));
    }

    private void assertKept(Stream<Content> contents) {
        ConversationId direct = ConversationId.direct(alice, bob);
        List<Draft> drafts =
                contents.map(content -> draft(alice, direct, content)).toList();
        log().append(drafts, SENT_AT);

        assertThat(read(direct))
                .hasSize(drafts.size())
                .zipSatisfy(
                        drafts, (message, draft) -> assertThat(message).isEqualTo(draft.at(message.seq(), SENT_AT)));
    }
}
