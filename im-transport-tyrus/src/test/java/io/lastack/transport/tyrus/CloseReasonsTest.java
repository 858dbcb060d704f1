package io.lastack.transport.tyrus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.session.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonsTest {

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "€", "😀"})
    void aTextThatIsTooLongForACloseFrameIsCutBetweenCharacters(String character) {
        var text = CloseReasons.ofEngine(new CloseReason(4401, character.repeat(200)))
                .getReasonPhrase();
        assertThat(text).isNotEmpty().matches("(" + character + ")+");
        assertThat(text.getBytes(UTF_8).length).isBetween(120, 123);
    }

    @Test
    void codeAndTextSurviveTheWayThereAndBack() {
        var reason = new CloseReason(4409, "the same device connected again");
        assertThat(CloseReasons.ofStandard(CloseReasons.ofEngine(reason))).isEqualTo(reason);
        assertThat(CloseReasons.ofStandard(CloseReasons.ofEngine(new CloseReason(1000, ""))))
                .isEqualTo(new CloseReason(1000, ""));
    }
}
