package io.lastack.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.SendInterceptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    private static final List<String> WORDS = List.of("darn", "Heck no", "c++", "坏话", "straße");
    private static final UserId ALICE = UserId.of("alice");
    private static final ConversationId GROUP = ConversationId.group("g");

    @Test
    void aThousandCharactersPassAndOneMoreDoesNot() {
        assertThat(through(LengthFilter.standard(), "x".repeat(1_000))).hasSize(1_000);
        assertThatThrownBy(() -> through(LengthFilter.standard(), "x".repeat(1_001)))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessage("the text has 1001 characters; at most 1000 are allowed");
    }

    @Test
    void aCharacterIsWhatUnicodeCountsAsOne() {
        assertThat(through(LengthFilter.characters(3), "😀😀😀")).isEqualTo("😀😀😀");
        assertThatThrownBy(() -> through(LengthFilter.characters(3), "😀😀😀ü"))
                .hasMessageContaining("has 4 characters");
    }

    @Test
    void bytesPassEveryFilter() {
        Draft bytes = Draft.of(
                ALICE,
                GROUP,
                Content.message("file", Payload.bytes("darn".repeat(999).getBytes(StandardCharsets.UTF_8))));
        assertThat(LengthFilter.characters(1).intercept(bytes)).isSameAs(bytes);
        assertThat(WordFilter.refusing(WORDS).intercept(bytes)).isSameAs(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "darn it, **** it",
        "Oh DARN!, Oh ****!",
        "ｄＡｒｎ, ****",
        "well heck NO then, well ******* then",
        "learn c++ now, learn *** now",
        "他说坏话了, 他说**了",
        "in der STRASSE, in der STRASSE",
        "in der Straße, in der ******",
        "darn darn, **** ****"
    })
    void aWordIsMaskedWhateverItsCaseAndWidth(String text, String masked) {
        assertThat(through(WordFilter.masking(WORDS), text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"darning socks", "undarn", "darn1", "heck", "heck  no", "坏 话", ""})
    void aWordWithinAnotherOneIsLeftAlone(String text) {
        assertThat(through(WordFilter.masking(WORDS), text)).isEqualTo(text);
        assertThat(through(WordFilter.refusing(WORDS), text)).isEqualTo(text);
    }

    @Test
    void aRefusalDoesNotRepeatTheText() {
        assertThatThrownBy(() -> through(WordFilter.refusing(WORDS), "oh Darn"))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNPROCESSABLE))
                .hasMessage("the text has a word that is not allowed here");
    }

    @Test
    void allButTheTextStaysAsItIs() {
        Draft draft =
                Draft.of(ALICE, GROUP, Content.text("darn").withReplyTo(7).withMentions(List.of(UserId.of("bob"))));
        Draft masked = WordFilter.masking(WORDS).intercept(draft);
        assertThat(masked.content().replyTo()).isEqualTo(7);
        assertThat(masked.content().mentions()).containsExactly(UserId.of("bob"));
        assertThat(masked.content().payload().asText()).isEqualTo("****");
    }

    @Test
    void aFilterThatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LengthFilter.characters(0));
        assertThatIllegalArgumentException().isThrownBy(() -> WordFilter.masking(List.of(" ")));
    }

    private static String through(SendInterceptor filter, String text) {
        return filter.intercept(Draft.text(ALICE, GROUP, text))
                .content()
                .payload()
                .asText();
    }
}
