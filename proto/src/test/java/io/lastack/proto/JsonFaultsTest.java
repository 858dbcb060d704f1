package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may get wrong in JSON. In the packets here, single quotes stand for double ones. */
class JsonFaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'requestId':5,'read':{'conversation':7}}|read.conversation is a number; a string is allowed",
                "{'requestId':5,'read':{'seq':true}}|read.seq is a boolean; an integer is allowed",
                "{'requestId':5,'read':{'seq':'x'}}|read.seq is a string that is no integer; an integer is allowed",
                "{'requestId':5,'read':{'seq':1.5}}|read.seq is a fraction or out of range; an integer is allowed",
                "{'requestId':5,'read':{'seq':99999999999999999999}}|read.seq is out of range; 64 bits are allowed",
                "{'requestId':5,'read':{'seq':'9999999999999999999'}}|read.seq is out of range; 64 bits are allowed",
                "{'requestId':5,'read':[]}|read is an array; an object is allowed",
                "{'requestId':5,'fetch':{'limit':-1}}|fetch.limit is out of range; 0 to 2147483647 is allowed",
                "{'requestId':5,'fetch':{'limit':2147483648}}|fetch.limit is out of range; 0 to 2147483647 is allowed",
                "{'requestId':5,'send':{'mentions':'bob'}}|send.mentions is a string; an array is allowed",
                "{'requestId':5,'send':{'mentions':[null]}}|send.mentions has null; a string is allowed",
                "{'requestId':5,'send':{'ext':{'k':{}}}}|send.ext has an object; an object of strings is allowed",
                "{'requestId':5,'send':{'body':'?'}}|send.body is a string that is no base64; base64 in a string is allowed",
                "{'requestId':5,'send':{'text':'\\ud83d'}}|send.text has an unpaired surrogate; well-formed Unicode is allowed",
                "{'requestId':5,'revise':{'react':{'remove':1}}}|revise.react.remove is a number; true or false is allowed",
                "{'requestId':5,'hello':{'resume':[{'seq':{}}]}}|hello.resume.seq is an object; an integer is allowed",
            })
    void aFieldOfAWrongTypeIsNamedWithWhatIsAllowed(String frame, String message) throws MalformedPacketException {
        assertThat(decode("{'frames':[" + frame + "]}")).containsExactly(new ClientFrame.Invalid(5, message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|frame is missing; one of these is needed: hello ping send ack read fetch conversations receipts revise "
                        + "notify group presence room signal settings block blocked readAll",
                "{'vote':{}}|frame vote is not known; one of these is needed: hello ping send ack read fetch conversations "
                        + "receipts revise notify group presence room signal settings block blocked readAll",
                "{'ping':{},'ack':{}}|ping and ack are both given; one of them is allowed",
                "{'group':{'conversation':'group:g'}}|group.action is missing; one of these is needed: create rename addMembers "
                        + "removeMembers leave setRole dissolve members"
                        + " setAttributes setHistory transfer muteMember info",
                "{'group':{'merge':{}}}|group.action merge is not known; one of these is needed: create rename addMembers "
                        + "removeMembers leave setRole dissolve members"
                        + " setAttributes setHistory transfer muteMember info",
                "{'group':{'leave':{},'dissolve':{}}}|group.leave and dissolve are both given; one of them is allowed",
                "{'room':{'room':'r'}}|room.action is missing; one of these is needed: join leave publish count",
                "{'revise':{'seq':1}}|revise.revision is missing; one of these is needed: recall edit react",
                "{'send':null}|frame is missing; one of these is needed: hello ping send ack read fetch conversations "
                        + "receipts revise notify group presence room signal settings block blocked readAll",
                "7|frame is no object; an object is allowed",
                "[[]]|frame is no object; an object is allowed",
                "null|frame is no object; an object is allowed",
            })
    void aFrameThatIsNotExactlyOneKnownThingSaysSo(String frame, String message) throws MalformedPacketException {
        assertThat(decode("{'frames':[" + frame + "]}")).containsExactly(new ClientFrame.Invalid(0, message));
    }

    @Test
    void theOtherFramesOfThePacketAreStillRead() throws MalformedPacketException {
        List<ClientFrame> frames = decode("{'frames':[{'requestId':1,'ping':{}},"
                + "{'requestId':2,'send':{'conversation':{'deep':[{}]},'text':'x'},'extra':[{}]},"
                + "{'requestId':3,'ack':7},"
                + "{'requestId':4,'ping':{}}]}");

        assertThat(frames)
                .hasSize(4)
                .containsSubsequence(new ClientFrame.Ping(1), new ClientFrame.Ping(4))
                .extracting(frame -> ((ClientFrame.Request) frame).requestId())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(frames.subList(1, 3)).hasOnlyElementsOfType(ClientFrame.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'send':{'text':1,'mentions':[]},'requestId':6}",
                "{'send':{'text':1},'requestId':'6'}",
                "{'ping':{},'vote':{'requestId':9},'ack':{},'requestId':6}",
                "{'send':{'text':[{'requestId':9}]},'other':{'requestId':9},'requestId':6.0}",
            })
    void theRequestIdIsToldEvenIfItComesAfterTheFault(String frame) throws MalformedPacketException {
        assertThat(decode("{'frames':[" + frame + "]}"))
                .singleElement(InstanceOfAssertFactories.type(ClientFrame.Invalid.class))
                .extracting(ClientFrame.Invalid::requestId)
                .isEqualTo(6L);
    }

    @Test
    void aRequestIdOfAWrongTypeCannotBeTold() throws MalformedPacketException {
        assertThat(decode("{'frames':[{'ping':{},'requestId':{}}]}"))
                .containsExactly(new ClientFrame.Invalid(0, "requestId is an object; an integer is allowed"));
    }

    @Test
    void aLongOrOddNameOfAFrameIsNotRepeated() throws MalformedPacketException {
        assertThat(decode("{'frames':[{'" + "x".repeat(33) + "':1},{'a\\nb':1}]}"))
                .extracting(frame -> ((ClientFrame.Invalid) frame).message())
                .allMatch(message -> message.startsWith("frame (long or odd name) is not known;"));
    }

    @Test
    void integersMayComeAsStringsOrWithAnEmptyFraction() throws MalformedPacketException {
        assertThat(decode("{'frames':[{'requestId':'1','read':{'seq':'42'}},{'requestId':2.0,'fetch':{'limit':1e2}}]}"))
                .containsExactly(new ClientFrame.Read(1, "", 42), new ClientFrame.Fetch(2, "", 0, 0, 100));
    }

    @Test
    void bytesMayComeInEitherAlphabetPaddedOrNot() throws MalformedPacketException {
        for (String base64 : List.of("-_8=", "-_8", "+/8=", "+/8")) {
            assertThat(decode("{'frames':[{'requestId':1,'send':{'body':'" + base64 + "'}}]}"))
                    .singleElement(InstanceOfAssertFactories.type(ClientFrame.Send.class))
                    .satisfies(send -> assertThat(send.body().bytes()).containsExactly(0xFB, 0xFF));
        }
    }

    @Test
    void unknownFieldsAndNullsAreAsIfTheyWereAbsent() throws MalformedPacketException {
        assertThat(decode("{'version':2,'frames':[{'requestId':1,'read':{'seq':3,'at':{'x':[1,{'y':[]}]},"
                        + "'conversation':null},'trace':'t'}],'more':[[{}]]}"))
                .containsExactly(new ClientFrame.Read(1, "", 3));
    }

    @Test
    void ofAFieldGivenTwiceTheLastCountsAndListsGrow() throws MalformedPacketException {
        assertThat(decode("{'frames':[{'requestId':1,'requestId':2,'read':{'seq':3,'seq':4}},"
                        + "{'requestId':3,'presence':{'watch':['a'],'watch':['b']}}]}"))
                .containsExactly(
                        new ClientFrame.Read(2, "", 4), new ClientFrame.Presence(3, List.of("a", "b"), List.of()));
    }

    @Test
    void aFrameGivenTwiceIsRefusedSinceOneOfThemWouldBeLost() throws MalformedPacketException {
        assertThat(decode("{'frames':[{'requestId':1,'read':{'seq':3},'read':{'seq':4}}]}"))
                .containsExactly(new ClientFrame.Invalid(1, "read is given twice; once is allowed"));
    }

    @Test
    void textAndBodyTogetherAreLeftToTheEngineToRefuse() throws MalformedPacketException {
        assertThat(decode("{'frames':[{'requestId':1,'send':{'text':'a','body':'YQ=='}}]}"))
                .singleElement(InstanceOfAssertFactories.type(ClientFrame.Send.class))
                .satisfies(send ->
                        assertThatThrownBy(() -> send.body().toPayload()).hasMessageContaining("both given"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'frames':[]}", "{'frames':null}", " { 'other' : 1 } "})
    void aPacketMayBeEmpty(String packet) throws MalformedPacketException {
        assertThat(decode(packet)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "7",
                "'frames'",
                "{'frames':{}}",
                "{'frames':'x'}",
                "{'frames':[]",
                "{'frames':[{'requestId':1,'ping':{}}",
                "{'frames':[{'requestId':1,'ping':{}}]}}",
                "{'frames':[]}{}",
                "{'frames':[{'requestId':01,'ping':{}}]}",
                "{'frames':[{'requestId':NaN}]}",
                "{'frames':[{'send':{'text':secret}}]}",
                "{'frames':[{'send':{'text':'secret\n'}}]}",
                "{frames:[]}",
                "\u0000",
            })
    void whatIsNoPacketOfJsonIsAProtocolErrorThatQuotesNothing(String packet) {
        assertThatThrownBy(() -> decode(packet))
                .isInstanceOf(MalformedPacketException.class)
                .hasNoCause()
                .hasMessageNotContaining("secret")
                .extracting(e -> ((MalformedPacketException) e).closeReason().code())
                .isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void deepNestingIsRefusedWhereverItIs() {
        String deep = "[".repeat(40) + "]".repeat(40);

        assertThatThrownBy(() -> decode("{'frames':[{'requestId':1,'future':" + deep + "}]}"))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> decode("{'future':" + deep + "}")).isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C0AF", "EDA080", "FF", "C3", "F4908080"})
    void textThatIsNoUtf8HasItsOwnCloseCode(String badUtf8) {
        byte[] before = "{\"frames\":[{\"requestId\":1,\"send\":{\"text\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] bad = HexFormat.of().parseHex(badUtf8);
        byte[] after = "\"}}]}".getBytes(StandardCharsets.UTF_8);
        byte[] packet = new byte[before.length + bad.length + after.length];
        System.arraycopy(before, 0, packet, 0, before.length);
        System.arraycopy(bad, 0, packet, before.length, bad.length);
        System.arraycopy(after, 0, packet, before.length + bad.length, after.length);

        assertThatThrownBy(() -> Packets.fromClient(WireCodec.JSON, packet))
                .isInstanceOf(MalformedPacketException.class)
                .extracting(e -> ((MalformedPacketException) e).closeReason())
                .isEqualTo(new CloseReason(CloseReason.BAD_UTF8, "packet is not UTF-8"));
    }

    @Test
    void otherEncodingsOfJsonAreNotGuessed() {
        byte[] utf16 = "{\"frames\":[]}".getBytes(StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> Packets.fromClient(WireCodec.JSON, utf16))
                .isInstanceOf(MalformedPacketException.class);
    }

    private static List<ClientFrame> decode(String packet) throws MalformedPacketException {
        return Packets.fromJson(packet);
    }
}
