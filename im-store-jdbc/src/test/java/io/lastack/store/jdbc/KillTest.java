package io.lastack.store.jdbc;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process at a random moment while it appends and acknowledges, opens its H2 file, and compares with what it had
 * confirmed. Each trial goes on with the database that the one before left.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillTest {
    private static final int KILLS = Confirmed.kills(6, 15);

    @TempDir
    Path directory;

    @Test
    void whatTheStoresOwnDatabaseConfirmedSurvivesKills() throws Exception {
        survive(KILLS, false);
    }

    @Test
    void whatADatabaseOfTheHostConfirmedSurvivesKills() throws Exception {
        survive(KILLS / 3, true);
    }

    private void survive(int kills, boolean hosted) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("im");
        Random random = new Random();
        Confirmed confirmed = Confirmed.seeded("kills of a process with H2, hosted: " + hosted, random);
        for (int kill = 1; kill <= kills; kill++) {
            KillVictim.runAndKill(url, hosted, random, confirmed);
            try (KillVictim.Opened opened = KillVictim.open(url, hosted)) {
                confirmed.check(opened.store(), "kill " + kill);
            }
        }
        confirmed.printTotals(kills);
    }
}
