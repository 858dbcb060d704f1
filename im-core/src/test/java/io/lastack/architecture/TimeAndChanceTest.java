package io.lastack.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class TimeAndChanceTest {
    private static final int OFFENCES = 11;

    @Test
    void theCoreTakesTimeThreadsAndChanceOnlyFromItsRuntime() {
        TimeAndChance.comeOnlyFromTheRuntime().check(CoreClasses.load());
    }

    @Test
    void everyOffenceOfAnOffenderIsSeen() {
        var offender = new ClassFileImporter().importClasses(Offender.class);

        var report = TimeAndChance.comeOnlyFromTheRuntime().evaluate(offender).getFailureReport();

        assertThat(report.getDetails()).hasSize(OFFENCES).noneMatch(detail -> detail.contains("Random.<init>(long)"));
    }
}
