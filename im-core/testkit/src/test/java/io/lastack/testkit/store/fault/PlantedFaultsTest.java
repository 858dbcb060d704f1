package io.lastack.testkit.store.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Cursors;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The suites catch what they are for. */
final class PlantedFaultsTest {
    @Test
    void aSoundStorePassesEveryTest() {
        Verdict verdict = Verdict.of(MemoryStore.create());

        assertThat(verdict.failed()).isEmpty();
        assertThat(verdict.notRun()).isEmpty();
        assertThat(verdict.passed()).hasSizeGreaterThan(150);
    }

    @Test
    void aSoundStoreWithoutAnyPowerPassesEveryTest() {
        Verdict verdict = Verdict.of(new FaultyLog() {});

        assertThat(verdict.failed()).isEmpty();
        assertThat(verdict.passed())
                .contains(
                        "everyMessageStaysThoughEverybodyHasReadIt",
                        "whatAMemberSentStaysWhenItIsRemoved",
                        "theDataOfAUserCanBeAskedForByConversation",
                        "theEpochStaysWhateverIsDone",
                        "aPositionInALogThatIsNotHereIsRefused",
                        "whatIsUnreadIsCountedAboveItsOwnPositions")
                .doesNotContain("theOldestMessagesAreGoneAndTheOthersAreAsTheyWere");
    }

    @Test
    void aStoreWhosePowersDoNothingFailsEveryTestOfThem() {
        Verdict verdict = Verdict.of(new IdlePowers());
        Verdict sound = Verdict.of(MemoryStore.create());
        Verdict without = Verdict.of(new FaultyLog() {});
        Set<String> ofPowers = new HashSet<>(sound.passed());
        ofPowers.removeAll(without.passed());

        assertThat(ofPowers).hasSizeGreaterThan(40);
        assertThat(verdict.failed()).containsAll(ofPowers);
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
                .containsExactlyInAnyOrder(
                        "aReaderOfAHotConversationNeverSeesAMessageBeforeTheOneBelowIt",
                        "aReaderOfManyConversationsNeverSeesAMessageBeforeTheOneBelowIt");
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
    void aStoreThatBringsARemovedMemberBackIsCaught() {
        assertThat(Verdict.of(new MemberFaults.BringsARemovedMemberBack()).failed())
                .contains("aLateAckOrReadOfWhoWasRemovedBringsNothingBack");
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
    void aStoreInWhichARecallLeavesTheBodiesOfEditsIsCaught() {
        assertThat(Verdict.of(new RevisionFaults.KeepsTheBodiesOfEdits()).failed())
                .contains("aRecallTakesTheBodiesOfAllEditsToo");
    }

    @Test
    void aStoreInWhichALateEditBringsBackWhatWasRecalledIsCaught() {
        assertThat(Verdict.of(new RevisionFaults.BringsBackWhatWasRecalled()).failed())
                .contains("whatIsRecalledNeverComesBack", "whatIsInTheSameListCanBeRevised");
    }

    @Test
    void aStoreThatKeepsReactionsThatWereTakenBackIsCaught() {
        assertThat(Verdict.of(new RevisionFaults.KeepsReactions()).failed())
                .contains("theLatestWordOfEachUserOnEachEmojiCounts");
    }

    @Test
    void aStoreThatCountsRecalledMessagesAsUnreadIsCaught() {
        assertThat(Verdict.of(new RevisionFaults.CountsWhatWasRecalled()).failed())
                .contains("aRecalledMessageIsNotUnreadAndAnEditedOneIsAsItWas");
    }

    @Test
    void aStoreThatCountsEveryUnreadMessageAsAMentionIsCaught() {
        assertThat(Verdict.of(new RevisionFaults.CountsEveryUnreadAsMention()).failed())
                .contains(
                        "unreadMessagesOfOthersThatNameAMemberAreItsMentions", "anEditNamesAnewAndARecallNamesNobody");
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
                        "whatWasConfirmedBeforeACloseInTheMidstOfWritesIsThere",
                        "whatWasDeletedStaysDeletedAndSeqsGoOn",
                        "whoWasErasedStaysErased",
                        "aRenewedEpochStays",
                        "positionsOfAnotherLogAndTheirDevicesAreThere");
    }

    @Test
    void aStoreThatHasAnotherEpochWhenItIsOpenedAgainIsCaught() {
        MemoryStore kept = MemoryStore.create();
        AtomicInteger opened = new AtomicInteger();
        Verdict verdict = Verdict.ofOpening(() -> {
            String epoch = "epoch " + opened.incrementAndGet();
            return new Faulty() {
                @Override
                public MessageLog log() {
                    return new AnotherEpoch(kept.log(), epoch);
                }

                @Override
                public Memberships memberships() {
                    return kept.memberships();
                }

                @Override
                public Cursors cursors() {
                    return kept.cursors();
                }
            };
        });

        assertThat(verdict.failed()).containsExactly("theEpochIsTheSame");
    }

    @Test
    void aStoreThatDeletesOneMessageTooManyIsCaught() {
        assertThat(Verdict.of(new RetentionFaults.DeletesOneTooMany()).failed())
                .contains(
                        "theOldestMessagesAreGoneAndTheOthersAreAsTheyWere",
                        "noMoreIsDeletedAtOnceThanAskedFor",
                        "manyThatDeleteAtOnceDeleteNoMoreThanOne",
                        "everyAnswerToRandomCallsIsThatOfTheModel");
    }

    @Test
    void aStoreThatDeletesWhatIsYoungIsCaught() {
        assertThat(Verdict.of(new RetentionFaults.DeletesWhatIsYoung()).failed())
                .contains("whatWasNotSentBeforeTheTimeStaysWithAllAboveIt", "everyAnswerToRandomCallsIsThatOfTheModel");
    }

    @Test
    void aStoreThatDeletesAllAtOnceIsCaught() {
        assertThat(Verdict.of(new RetentionFaults.DeletesAllAtOnce()).failed())
                .contains("noMoreIsDeletedAtOnceThanAskedFor");
    }

    @Test
    void aStoreThatTellsNobodyWhatIsGoneIsCaught() {
        assertThat(Verdict.of(new RetentionFaults.TellsNobody()).failed())
                .contains(
                        "aReaderIsToldWhereTheLogBegins",
                        "whatWasDeletedStaysDeletedAndSeqsGoOn",
                        "everyAnswerToRandomCallsIsThatOfTheModel");
    }

    @Test
    void aStoreThatLeavesOutExtentsIsCaught() {
        assertThat(Verdict.of(new RetentionFaults.NeverComesToTheNextPage()).failed())
                .contains("extentsComeInPagesInAscendingOrder");
    }

    @Test
    void aStoreThatDeletesWithoutSayingSoIsCaught() {
        assertThat(Verdict.of(new RetentionFaults.DeletesInSecret()).failed())
                .contains("everyMessageStaysThoughEverybodyHasReadIt");
    }

    @Test
    void aStoreWhoseErasureLeavesABodyIsCaught() {
        assertThat(Verdict.of(new ErasureFaults.LeavesABody()).failed())
                .containsExactly("whatTheUserSentWhereItIsNoMemberIsBlankToo");
    }

    @Test
    void aStoreWhoseErasureLeavesHolesInTheLogsIsCaught() {
        assertThat(Verdict.of(new ErasureFaults.LeavesHolesInTheLogs()).failed())
                .contains(
                        "theUsersMessagesAreBlankInTheirPlacesAndOthersAreAsTheyWere",
                        "whoIsErasedWhileOthersWriteLeavesTheirLogsWhole");
    }

    @Test
    void aStoreWhoseErasureRemembersDevicesIsCaught() {
        assertThat(Verdict.of(new ErasureFaults.RemembersDevices()).failed())
                .contains("theUsersDevicesAreUnknown", "whoIsAddedAgainStartsAnew");
    }

    @Test
    void aStoreWhoseExportTellsAMessageTwiceIsCaught() {
        assertThat(Verdict.of(new ErasureFaults.TellsAMessageTwice()).failed()).contains("pagesOfAnySizeGiveTheSame");
    }

    @Test
    void aStoreInWhichAPositionOfAnotherLogMovesBackIsCaught() {
        assertThat(Verdict.of(new PositionFaults.MovesBack()).failed())
                .contains("aPositionNeverMovesBackAndKeepsItsTime");
    }

    @Test
    void aStoreThatTellsEverybodyToHaveRegisteredADeviceIsCaught() {
        assertThat(Verdict.of(new PositionFaults.RegistersEverybody()).failed())
                .contains(
                        "aDeviceHasToBeStartedUntilItIsRegisteredWhichItIsOnce",
                        "ofManyWhoRegisterADeviceAtOnceOneDoes");
    }

    @Test
    void aStoreThatForgetsNoPositionOfAnotherLogIsCaught() {
        assertThat(Verdict.of(new PositionFaults.ForgetsOnlyDevices()).failed())
                .contains("whatIsForgottenIsGoneAndOthersStay");
    }

    @Test
    void aStoreThatCountsAboveItsOwnPositionsIsCaught() {
        assertThat(Verdict.of(new PositionFaults.CountsAboveItsOwnPositions()).failed())
                .contains("whatIsUnreadIsCountedAboveTheGivenPositionsWhateverTheStoreHasItself");
    }

    @Test
    void aStoreThatLetsWhoLeftSeeTheHeadIsCaught() {
        assertThat(Verdict.of(new PositionFaults.LetsWhoLeftSeeTheHead()).failed())
                .contains("whoLeftSeesUpToThatEntryAndWhoReturnedToTheHeadAgain");
    }

    /** A log that says another epoch. */
    private record AnotherEpoch(MessageLog log, String epoch) implements MessageLog {
        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            return log.append(drafts, sentAt);
        }

        @Override
        public List<LogPage> read(List<LogQuery> queries) {
            return log.read(queries);
        }

        @Override
        public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
            return log.reactions(conversation, targets, limit);
        }

        @Override
        public Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
            return log.heads(conversations);
        }
    }

    @Test
    void aStoreWithoutALimitOfMembersIsCaught() {
        assertThat(Verdict.of(new LogFaults.KnowsNoLimit()).failed())
                .contains(
                        "aGroupDoesNotGrowBeyondItsLimit",
                        "aGroupIsNotCreatedBeyondItsLimit",
                        "membersAddedByManyAtOnceNeverExceedTheLimit");
    }

    @Test
    void aStoreThatLosesOwnersIsCaught() {
        assertThat(Verdict.of(new LogFaults.LosesOwners()).failed())
                .contains("theLastOwnerNeitherGoesNorGivesTheRoleUpWhileThereAreOtherMembers");
    }

    @Test
    void aStoreThatForgetsTimesOfDeliveryIsCaught() {
        assertThat(Verdict.of(new MemberFaults.ForgetsTimesOfDelivery()).failed())
                .contains("aMessageIsToldWithTheEarliestTimeByWhichADeviceHadIt");
    }

    @Test
    void aStoreThatForgetsMutesIsCaught() {
        assertThat(Verdict.of(new MemberFaults.ForgetsMutes()).failed())
                .contains("aMuteIsKeptForTheMemberAloneUntilItIsEnded");
    }

    @Test
    void aStoreThatMixesSettingsUpIsCaught() {
        assertThat(Verdict.of(new MemberFaults.MixesSettingsUp()).failed())
                .contains("settingsAreTheUsersOwnAndOfOneConversation");
    }

    @Test
    void aStoreThatBlocksEverybodyIsCaught() {
        assertThat(Verdict.of(new MemberFaults.BlocksEverybody()).failed()).contains("whoBlocksAUserIsFoundAmongMany");
    }
}
