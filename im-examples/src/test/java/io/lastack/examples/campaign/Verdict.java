package io.lastack.examples.campaign;

import io.lastack.examples.campaign.Findings.Kind;
import io.lastack.examples.campaign.Journal.Word;
import io.lastack.examples.campaign.Storm.Harm;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.spi.ImStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a campaign came to.
 *
 * @param messages in the logs
 * @param confirmed to their senders
 * @param shown to applications, repeats included
 * @param repeats of them, of what an application had seen in an earlier life and not confirmed for good
 * @param changes of members that were confirmed
 * @param reads positions that were confirmed
 */
record Verdict(
        Findings findings,
        int messages,
        int confirmed,
        long shown,
        int repeats,
        long changes,
        long reads,
        Outages outages) {
    /** Checks everything. Neither server nor devices may run. */
    static Verdict of(Installation installation, List<StoredState> samples) throws IOException {
        Findings findings = new Findings();
        List<Diary> diaries = installation.diaries();
        List<StoredState> all = new ArrayList<>(samples);
        Map<ConversationId, List<Message>> log;
        try (ImStore store = installation.ground.open()) {
            all.add(StoredState.read(store));
            log = StoredState.log(store);
        }
        LogCheck logCheck = new LogCheck(log, findings);
        logCheck.check(diaries, all.get(all.size() - 1));
        int repeats = 0;
        Outages outages = Outages.NONE;
        for (Diary diary : diaries) {
            new PositionCheck(diary, findings).check(all);
            outages = outages.worse(Outages.of(diary));
            for (Map.Entry<ConversationId, List<Message>> conversation : log.entrySet()) {
                if (diary.concerns(conversation.getKey())) {
                    DeviceCheck check =
                            new DeviceCheck(diary.name(), conversation.getKey(), conversation.getValue(), findings);
                    check.check(diary);
                    repeats += check.repeats();
                }
            }
        }
        return new Verdict(
                findings,
                logCheck.messages(),
                logCheck.confirmed(),
                count(diaries, Word.SHOWN),
                repeats,
                count(diaries, Word.CHANGED),
                count(diaries, Word.READ),
                outages);
    }

    private static long count(List<Diary> diaries, Word word) {
        return diaries.stream().mapToLong(diary -> diary.of(word).count()).sum();
    }

    String figures(Storm storm) {
        Map<Harm, Integer> harm = storm.done();
        return String.format(
                "%d kills (server %d, database %d, the Redis beside it %d, devices %d), %d connections cut and %d gone dead; %d messages, %d"
                        + " confirmed, %d changes of members, %d read positions; shown %d times to %d devices; %d lost,"
                        + " %d repeats seen by applications after a kill, %d shown twice or in disorder, %d gaps, %d"
                        + " regressions, %d foreign, %d devices gave up; longest outage of a device %.1f s, longest wait for a confirmation"
                        + " %.1f s",
                storm.kills(),
                harm.get(Harm.SERVER_KILLED),
                harm.get(Harm.DATABASE_KILLED),
                harm.get(Harm.JOINT_KILLED),
                harm.get(Harm.DEVICE_KILLED),
                harm.get(Harm.CONNECTION_CUT),
                harm.get(Harm.CONNECTION_FROZEN),
                messages,
                confirmed,
                changes,
                reads,
                shown,
                DeviceName.ALL.size(),
                findings.count(Kind.LOST),
                repeats,
                findings.count(Kind.TWICE_OR_DISORDERED),
                findings.count(Kind.GAP),
                findings.count(Kind.REGRESSION),
                findings.count(Kind.FOREIGN),
                findings.count(Kind.STOPPED),
                outages.offline() / 1_000.0,
                outages.unconfirmed() / 1_000.0);
    }
}
