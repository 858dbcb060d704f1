package io.lastack.testkit.store.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.memory.MemoryStore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The suites catch what they are for. */
final class PlantedFaultsTest {
    @Test
    void aSoundStorePassesEveryTest() {
        Verdict verdict = Verdict.of(MemoryStore.create());

        assertThat(verdict.failed()).isEmpty();
        assertThat(verdict.notRun()).isEmpty();
        assertThat(verdict.passed()).hasSizeGreaterThan(100);
    }

    @Test
    void aStoreThatDoesNothingPassesNoTest() {
        Verdict verdict = Verdict.of(new NothingStore());

        assertThat(verdict.passed()).isEmpty();
        assertThat(verdict.failed()).hasSizeGreaterThan(100);
    }

    @Test
    void aStoreThatStoresARepeatIsCaught() {
        assertThat(Verdict.of(new LogFaults.StoresRepeats()).failed())
                .contains(
                        "aRepeatedDraftGetsTheFirstSeqAndTimeAndStoresNothing",
                        "aRepeatInsideOneListGetsTheSeqOfTheFirstAndLeavesNoGap",
                        "theSameDraftFromManyThreadsIsStoredOnce",
                        "everyAnswerToRandomCallsIsThatOfTheModel");
    }

    @Test
    void aStoreThatLeavesAGapIsCaught() {
        assertThat(Verdict.of(new LogFaults.LeavesAGap()).failed())
                .contains(
                        "messagesAreNumberedWithoutAGapInTheOrderOfTheLists",
                        "aReaderOfAHotConversationNeverSeesAMessageBeforeTheOneBelowIt");
    }

    @Test
    void aStoreThatGivesASeqTwiceIsCaught() {
        assertThat(Verdict.of(new LogFaults.GivesASeqTwice()).failed())
                .contains(
                        "messagesAreNumberedWithoutAGapInTheOrderOfTheLists",
                        "newDraftsAmongRepeatedOnesAreNumberedWithoutAGap");
    }

    @Test
    void aStoreThatShowsALowerSeqLateIsCaughtAmongManyWritersOnly() {
        assertThat(Verdict.of(new ShowsALowerSeqLate()).failed())
                .contains("aReaderOfAHotConversationNeverSeesAMessageBeforeTheOneBelowIt")
                .isSubsetOf(
                        "aReaderOfAHotConversationNeverSeesAMessageBeforeTheOneBelowIt",
                        "aReaderOfManyConversationsNeverSeesAMessageBeforeTheOneBelowIt",
                        "aReaderSeesAListAsAWholeOrNotAtAll");
    }

    @Test
    void aStoreThatStoresHalfOfARefusedListIsCaught() {
        assertThat(Verdict.of(new LogFaults.StoresHalfOfARefusedList()).failed())
                .containsExactly("aListWithADraftThatHasNoIdIsRefusedAsAWhole");
    }

    @Test
    void aStoreThatStoresAListInTwoStepsIsCaught() {
        assertThat(Verdict.of(new StoresAListInTwoSteps()).failed())
                .containsExactly("aReaderSeesAListAsAWholeOrNotAtAll");
    }

    @Test
    void aStoreThatLosesHalfOfAListIsCaught() {
        assertThat(Verdict.of(new LogFaults.LosesHalfOfAList()).failed())
                .contains("messagesAreNumberedWithoutAGapInTheOrderOfTheLists", "aReaderSeesAListAsAWholeOrNotAtAll");
    }

    @Test
    void aStoreThatMovesCursorsBackIsCaught() {
        assertThat(Verdict.of(new MemberFaults.MovesCursorsBack()).failed())
                .contains("anAckCursorNeverMovesDown", "aCursorMovedByManyAtOnceEndsAtTheHighestAndIsNeverSeenToFall");
    }

    @Test
    void aStoreThatTakesAcksAboveTheHeadIsCaught() {
        assertThat(Verdict.of(new MemberFaults.TakesAcksAboveTheHead()).failed())
                .contains("anAckAboveTheHeadIsRefused", "anAckOfWhoNeverWasAMemberIsRefused");
    }

    @Test
    void aStoreThatForgetsWhoLeftIsCaught() {
        assertThat(Verdict.of(new MemberFaults.ForgetsWhoLeft()).failed())
                .contains(
                        "everybodyEntitledIsToldWithEntitlementAndPositions", "whoIsRemovedMaySeeTheLogUpToThatEntry");
    }

    @Test
    void aStoreThatCountsEverythingAsUnreadIsCaught() {
        assertThat(Verdict.of(new MemberFaults.CountsEverythingAsUnread()).failed())
                .contains(
                        "onesOwnMessagesAreNotUnreadAndMoveNoCursor",
                        "messagesAndNotificationsCountAndNothingElse",
                        "whatCameBeforeAMemberJoinedIsNotUnread");
    }

    @Test
    void aStoreThatForgetsToCountWhatWasLeftIsCaught() {
        assertThat(Verdict.of(new MemberFaults.CountsOnlyWhatIsCurrent()).failed())
                .contains(
                        "whatAUserLeftCountsStillAndComingBackDoesNotCountTwice",
                        "everyAnswerToRandomCallsIsThatOfTheModel");
    }

    @Test
    void aStoreThatKnowsNoDeviceIsCaught() {
        assertThat(Verdict.of(new MemberFaults.KnowsNoDevice()).failed())
                .contains("aDeviceIsNewOnce", "aDeviceRegisteredByManyAtOnceIsNewToOneOfThem");
    }

    @Test
    void aStoreThatForgetsEverythingWhenItIsClosedIsCaught() {
        AtomicInteger opened = new AtomicInteger();
        Verdict verdict = Verdict.ofOpening(() -> MemoryStore.create("epoch " + opened.incrementAndGet()));

        assertThat(verdict.failed())
                .containsExactlyInAnyOrder(
                        "everyMessageIsThereAsItWas",
                        "seqsGoOnWhereTheyEnded",
                        "repeatsAreKnown",
                        "groupsAndTheirMembersAreThere",
                        "aDissolvedGroupStaysDissolved",
                        "positionsAreThere",
                        "devicesAreKnown",
                        "theEpochIsTheSame",
                        "manyRestartsLoseNothing",
                        "whatWasConfirmedBeforeACloseInTheMidstOfWritesIsThere");
    }
}
