package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Content;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExtraCodecPropertiesTest {
    @Property
    void theRareFieldsComeBackAsTheyWere(@ForAll("contents") Content content) {
        ExtraCodec.Extra extra = ExtraCodec.decode(ExtraCodec.encode(content));

        assertThat(extra.ext()).isEqualTo(content.ext());
        assertThat(extra.mentions()).isEqualTo(content.mentions());
        assertThat(extra.replyTo()).isEqualTo(content.replyTo());
        assertThat(extra.revises()).isEqualTo(content.revises());
        assertThat(extra.kind()).isEqualTo(content.kind().startsWith("x-") ? content.kind() : "");
        assertThat(extra.type()).isEqualTo(content.type().startsWith("x-") ? content.type() : "");
    }

    @Example
    void aPlainMessageHasNoRareFields() {
        assertThat(ExtraCodec.encode(Content.text("hi"))).isNull();
        assertThat(ExtraCodec.encode(Content.message("image", Payload.bytes(new byte[9]))))
                .isNull();
    }

    @Provide
    Arbitrary<Content> contents() {
        Arbitrary<String> names = Arbitraries.of("message", "reaction", "x-poll", "x-" + "k".repeat(30));
        Arbitrary<String> types = Arbitraries.of("text", "custom", "x-card", "x-" + "t".repeat(30));
        Arbitrary<Map<String, String>> ext = Arbitraries.maps(
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(64),
                        Arbitraries.strings().withChars("a\n€").ofMaxLength(500))
                .ofMaxSize(64);
        Arbitrary<List<UserId>> mentions = Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(64)
                .map(UserId::of)
                .list()
                .uniqueElements()
                .ofMaxSize(100);
        Arbitrary<Long> seqs = Arbitraries.of(0L, 1L, 300L, Long.MAX_VALUE);
        return Combinators.combine(names, types, ext, mentions, seqs, seqs)
                .as((kind, type, fields, users, replyTo, revises) ->
                        new Content(kind, type, Payload.text("body"), fields, replyTo, users, revises));
    }
}
