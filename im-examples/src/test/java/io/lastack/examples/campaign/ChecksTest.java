package io.lastack.examples.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.examples.campaign.Findings.Kind;
import io.lastack.examples.campaign.Journal.Entry;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.Subscription;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the campaign checks is found when it is there. */
class ChecksTest {
    private static final DeviceName ANN = DeviceName.ALL.get(0);
    private static final ConversationId CHAT = ConversationId.direct(UserId.of("ann"), UserId.of("ben"));
    private static final List<Message> LOG =
            LongStream.rangeClosed(1, 4).mapToObj(seq -> message(CHAT, seq)).toList();

    @Test
    void aDeviceThatWasShownEverythingInOrderIsFine() {
        assertThat(shown("START", "SHOWN C 1 ann m1", "SHOWN C 2 ann m2", "SHOWN C 3 ann m3", "SHOWN C 4 ann m4"))
                .isEmpty();
    }

    @Test
    void whatIsShownAgainAfterAKillIsARepeatIfItWasNotConfirmed() {
        DeviceCheck check = new DeviceCheck(ANN, CHAT, LOG, new Findings());

        check.check(diary("START", "SHOWN C 1 ann m1", "SHOWN C 2 ann m2", "START", "FLOOR C 1", "SHOWN C 2 ann m2"));

        assertThat(check.repeats()).isEqualTo(1);
    }

    @Test
    void aMessageNeverShownIsLost() {
        assertThat(shown("START", "SHOWN C 1 ann m1", "SHOWN C 2 ann m2", "SHOWN C 3 ann m3"))
                .containsExactly(Kind.LOST);
    }

    @Test
    void aMessageLeftOutIsAGapAndLost() {
        assertThat(shown("START", "SHOWN C 1 ann m1", "SHOWN C 2 ann m2", "SHOWN C 4 ann m4"))
                .containsExactly(Kind.LOST, Kind.GAP);
    }

    @Test
    void aMessageLeftOutBetweenTwoLivesIsAGap() {
        assertThat(shown(
                        "START",
                        "SHOWN C 1 ann m1",
                        "START",
                        "FLOOR C 1",
                        "SHOWN C 3 ann m3",
                        "START",
                        "FLOOR C 1",
                        "SHOWN C 2 ann m2",
                        "SHOWN C 3 ann m3",
                        "SHOWN C 4 ann m4"))
                .containsExactly(Kind.GAP);
    }

    @Test
    void aRepeatWithinALifeIsFound() {
        assertThat(shown(
                        "START",
                        "SHOWN C 1 ann m1",
                        "SHOWN C 1 ann m1",
                        "SHOWN C 2 ann m2",
                        "SHOWN C 3 ann m3",
                        "SHOWN C 4 ann m4"))
                .containsExactly(Kind.TWICE_OR_DISORDERED);
    }

    @Test
    void aRepeatOfWhatWasConfirmedIsFound() {
        assertThat(shown(
                        "START",
                        "SHOWN C 1 ann m1",
                        "SHOWN C 2 ann m2",
                        "START",
                        "FLOOR C 2",
                        "SHOWN C 2 ann m2",
                        "SHOWN C 3 ann m3",
                        "SHOWN C 4 ann m4"))
                .containsExactly(Kind.TWICE_OR_DISORDERED);
    }

    @Test
    void aFloorThatGoesBackIsFound() {
        assertThat(shown(
                        "START",
                        "SHOWN C 1 ann m1",
                        "SHOWN C 2 ann m2",
                        "START",
                        "FLOOR C 2",
                        "START",
                        "FLOOR C 1",
                        "SHOWN C 2 ann m2",
                        "SHOWN C 3 ann m3",
                        "SHOWN C 4 ann m4"))
                .containsExactly(Kind.REGRESSION);
    }

    @Test
    void aFloorAheadOfWhatWasShownIsFound() {
        assertThat(shown("START", "SHOWN C 1 ann m1", "START", "FLOOR C 2", "SHOWN C 3 ann m3", "SHOWN C 4 ann m4"))
                .contains(Kind.REGRESSION, Kind.LOST);
    }

    @Test
    void anotherMessageThanTheLogHasIsFound() {
        assertThat(shown("START", "SHOWN C 1 ann m7", "SHOWN C 2 ann m2", "SHOWN C 3 ann m3", "SHOWN C 4 ann m4"))
                .containsExactly(Kind.FOREIGN);
    }

    @Test
    void whatWasSaidWhileTheUserWasAwayIsNotTheirs() {
        ConversationId club = Work.CLUB;
        List<Message> log = List.of(
                change(club, 1, "created", "ben"),
                change(club, 2, "removed", "ben"),
                message(club, 3),
                change(club, 4, "joined", "ben"));
        DeviceName ben = DeviceName.of("ben", "phone");
        Findings good = new Findings();
        Findings bad = new Findings();

        new DeviceCheck(ben, club, log, good)
                .check(diary("START", "SHOWN G 1 ann m1", "SHOWN G 2 ann m2", "SHOWN G 4 ann m4"));
        new DeviceCheck(ben, club, log, bad)
                .check(diary("START", "SHOWN G 1 ann m1", "SHOWN G 2 ann m2", "SHOWN G 3 ann m3", "SHOWN G 4 ann m4"));

        assertThat(good.words()).isEmpty();
        assertThat(kinds(bad)).containsExactly(Kind.FOREIGN);
    }

    @Test
    void whatADeviceHadOnItsWayWhenItsUserLeftIsTheirsAndNothingElse() {
        ConversationId club = Work.CLUB;
        List<Message> log = List.of(
                change(club, 1, "created", "ben"),
                change(club, 2, "removed", "ben"),
                message(club, 3),
                message(club, 4),
                change(club, 5, "joined", "ben"));
        DeviceName ben = DeviceName.of("ben", "phone");
        Findings good = new Findings();
        Findings bad = new Findings();

        new DeviceCheck(ben, club, log, good)
                .check(diary("START", "SEND m4 G", "SHOWN G 1 ann m1", "SHOWN G 4 ann m4", "SHOWN G 5 ann m5"));
        new DeviceCheck(ben, club, log, bad)
                .check(diary("START", "SEND m4 G", "SHOWN G 1 ann m1", "SHOWN G 3 ann m3", "SHOWN G 5 ann m5"));

        assertThat(good.words()).isEmpty();
        assertThat(kinds(bad)).containsExactly(Kind.GAP, Kind.FOREIGN);
    }

    @Test
    void aConfirmedMessageThatIsNotInTheLogIsLost() {
        assertThat(logged(LOG, 4, "SEND m1 C", "SEND m2 C", "SEND m3 C", "SEND m4 C", "SEND m5 C", "SENT m5 C 5"))
                .containsExactly(Kind.LOST);
    }

    @Test
    void aMessageConfirmedAtTwoPlacesIsFound() {
        assertThat(logged(LOG, 4, "SEND m1 C", "SEND m2 C", "SEND m3 C", "SEND m4 C", "SENT m1 C 1", "SENT m1 C 2"))
                .contains(Kind.TWICE_OR_DISORDERED);
    }

    @Test
    void aDeviceThatGaveUpIsFound() {
        assertThat(logged(List.of(), 0, "STOPPED 4401 a reason")).containsExactly(Kind.STOPPED);
    }

    @Test
    void aLogWithAGapOrWithWhatNobodySentIsFound() {
        assertThat(logged(LOG.subList(1, 4), 4, "SEND m2 C", "SEND m3 C", "SEND m4 C"))
                .contains(Kind.GAP);
        assertThat(logged(LOG, 4, "SEND m1 C", "SEND m2 C", "SEND m3 C")).containsExactly(Kind.FOREIGN);
    }

    @Test
    void aStoredPositionThatGoesBackOrAheadOrIsMissingIsFound() {
        Diary diary = diary("START", "SHOWN C 1 ann m1", "SHOWN C 2 ann m2", "READ C 2");

        assertThat(positions(diary, stored(1, 0), stored(2, 2))).isEmpty();
        assertThat(positions(diary, stored(2, 2), stored(1, 2))).containsExactly(Kind.REGRESSION);
        assertThat(positions(diary, stored(1, 0), stored(3, 2))).containsExactly(Kind.REGRESSION);
        assertThat(positions(diary, stored(1, 0), stored(2, 1))).containsExactly(Kind.REGRESSION);
    }

    @Test
    void halfARecordIsNone() throws java.io.IOException {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("journal", "");
        try {
            java.nio.file.Files.writeString(file, "1 START .\n2 SHOWN direct:ann~ben 1 an\n3 START .\n");

            assertThat(Diary.read(ANN, file).entries()).hasSize(2);
        } finally {
            java.nio.file.Files.delete(file);
        }
    }

    private static List<Kind> shown(String... records) {
        Findings findings = new Findings();
        new DeviceCheck(ANN, CHAT, LOG, findings).check(diary(records));
        return kinds(findings);
    }

    private static List<Kind> logged(List<Message> log, long head, String... records) {
        Findings findings = new Findings();
        new LogCheck(Map.of(CHAT, log), findings)
                .check(List.of(diary(records)), new StoredState(Map.of(CHAT, head), Map.of()));
        return kinds(findings);
    }

    private static List<Kind> positions(Diary diary, StoredState... samples) {
        Findings findings = new Findings();
        new PositionCheck(diary, findings).check(List.of(samples));
        return kinds(findings);
    }

    private static List<Kind> kinds(Findings findings) {
        return Stream.of(Kind.values()).filter(kind -> findings.count(kind) > 0).toList();
    }

    private static StoredState stored(long ack, long read) {
        Subscription subscription = new Subscription(
                CHAT, "", Role.MEMBER, 4, 1, Long.MAX_VALUE, ack, read, 0, 0, 0, 0, 0, ConversationSettings.NONE);
        return new StoredState(Map.of(CHAT, 4L), Map.of(ANN, List.of(subscription)));
    }

    /** C stands for the direct conversation, G for the group. */
    private static Diary diary(String... records) {
        return new Diary(
                ANN,
                Stream.of(records)
                        .map(record -> record.replace(" C", " " + CHAT).replace(" G", " " + Work.CLUB))
                        .map(record -> Entry.parse("1 " + record + Journal.END))
                        .toList());
    }

    private static Message message(ConversationId conversation, long seq) {
        return new Message(
                conversation, seq, 1, UserId.of("ann"), ClientMessageId.of("m" + seq), Content.text("message " + seq));
    }

    private static Message change(ConversationId group, long seq, String change, String users) {
        Content content = new Content(
                Content.MEMBERSHIP, "text", Payload.EMPTY, Map.of("change", change, "users", users), 0, List.of(), 0);
        return new Message(group, seq, 1, UserId.of("ann"), ClientMessageId.of("m" + seq), content);
    }
}
