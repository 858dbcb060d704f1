package io.lastack.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ClientMessageId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClientIdCodecPropertiesTest {
    @Property
    void everyClientMessageIdComesBackAsItWas(@ForAll("ids") String id) {
        byte[] stored = ClientIdCodec.encode(ClientMessageId.of(id));

        assertThat(ClientIdCodec.decode(stored)).isEqualTo(ClientMessageId.of(id));
        assertThat(stored).hasSizeLessThanOrEqualTo(193);
    }

    @Property
    void differentClientMessageIdsAreStoredDifferently(@ForAll("ids") String one, @ForAll("ids") String other) {
        byte[] stored = ClientIdCodec.encode(ClientMessageId.of(one));

        assertThat(Arrays.equals(stored, ClientIdCodec.encode(ClientMessageId.of(other))))
                .isEqualTo(one.equals(other));
    }

    @Example
    void aUuidTakes17BytesInItsUsualFormOnly() {
        String uuid = UUID.randomUUID().toString();

        assertThat(ClientIdCodec.encode(ClientMessageId.of(uuid))).hasSize(17);
        assertThat(ClientIdCodec.encode(
                        ClientMessageId.of("F" + uuid.substring(1).toUpperCase(Locale.ROOT))))
                .hasSize(37);
        assertThat(ClientIdCodec.encode(ClientMessageId.of(uuid.substring(1)))).hasSize(36);
    }

    @Example
    void theBytesAreThoseOfDataThatIsThereAlready() {
        assertThat(hex("00112233-4455-6677-8899-aabbccddeeff")).isEqualTo("0100112233445566778899aabbccddeeff");
        assertThat(hex("order-7")).isEqualTo("006f726465722d37");
    }

    private static String hex(String id) {
        return HexFormat.of().formatHex(ClientIdCodec.encode(ClientMessageId.of(id)));
    }

    @Provide
    Arbitrary<String> ids() {
        Arbitrary<String> uuids =
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as((a, b) -> new UUID(a, b).toString());
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("aZ0-é€\uD7FF").ofMinLength(1).ofMaxLength(64);
        Arbitrary<String> emoji = Arbitraries.integers().between(1, 32).map("\uD83D\uDE00"::repeat);
        return Arbitraries.oneOf(uuids, uuids.map(uuid -> uuid.toUpperCase(Locale.ROOT)), texts, emoji);
    }
}
