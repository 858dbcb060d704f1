package io.lastack.examples.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.examples.campaign.Journal.Word;
import io.lastack.log.ConversationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real processes, killed with SIGKILL under load: the packaged server, its database, and devices that keep their state in
 * files, with a network between them that breaks. In the end every device's journal is laid beside the log.
 *
 * <p>{@code -Dlastack.kills=200} says how many kills there are, as many over each database. A run leaves its files
 * in {@code target/campaign}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CampaignIT {
    private static final boolean HEAVY = Boolean.getBoolean("lastack.heavy");
    private static final int KILLS = Integer.getInteger("lastack.kills", HEAVY ? 12 : 6);
    private static final long PATIENCE_SECONDS = 180;

    @ParameterizedTest
    @EnumSource(Ground.Kind.class)
    void whatWasConfirmedIsShownToEverybodyOnceAndInOrderWhateverIsKilled(Ground.Kind kind) throws Exception {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        int grounds = Ground.Kind.values().length;
        int kills = (KILLS + grounds - 1) / grounds;
        System.out.println("campaign on " + kind + ": seed " + seed + ", kills " + kills);
        Random random = new Random(seed);
        long began = System.nanoTime();
        try (Installation installation = new Installation(kind, emptyDirectory(kind), random)) {
            awaitOnline(installation);
            installation.go();
            Storm storm = new Storm(installation, random);
            storm.rage(kills);
            installation.quiet();
            boolean settled = await(installation, CampaignIT::isSettled);
            installation.server.stop();
            for (DeviceProcess device : installation.devices) {
                device.close();
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            Verdict verdict = Verdict.of(installation, storm.samples());
            System.out.println(
                    "campaign on " + kind + ": seed " + seed + ", " + seconds + " s, " + verdict.figures(storm));
            assertThat(verdict.findings().words())
                    .as("what is wrong, of seed %d", seed)
                    .isEmpty();
            assertThat(settled).as("all settled in time").isTrue();
            assertThat(verdict.confirmed()).as("messages were sent at all").isGreaterThan(100);
            assertThat(storm.kills()).isGreaterThanOrEqualTo(kills);
        }
    }

    private static Path emptyDirectory(Ground.Kind kind) throws IOException {
        Path directory = Path.of("target", "campaign", kind.name().toLowerCase(Locale.ROOT))
                .toAbsolutePath();
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(directory);
    }

    private static void awaitOnline(Installation installation) throws IOException {
        assertThat(await(installation, diaries -> diaries.stream().allMatch(diary -> diary.hasComeTo(Word.ONLINE))))
                .as("all devices are online before it begins")
                .isTrue();
    }

    /** Whether everybody has nothing left to send, and was shown the end of each log that anybody knows of. */
    private static boolean isSettled(List<Diary> diaries) {
        Map<ConversationId, Long> heads = new HashMap<>();
        diaries.forEach(diary -> diary.newestShown().forEach((c, seq) -> heads.merge(c, seq, Math::max)));
        diaries.forEach(diary ->
                diary.of(Word.SENT).forEach(sent -> heads.merge(sent.conversation(1), sent.number(2), Math::max)));
        return diaries.stream().allMatch(diary -> {
            Map<ConversationId, Long> shown = diary.newestShown();
            return diary.hasComeTo(Word.QUIET)
                    && heads.entrySet().stream()
                            .filter(head -> diary.concerns(head.getKey()))
                            .allMatch(head -> head.getValue().equals(shown.get(head.getKey())));
        });
    }

    private static boolean await(Installation installation, Predicate<List<Diary>> condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.test(installation.diaries())) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        return true;
    }
}
