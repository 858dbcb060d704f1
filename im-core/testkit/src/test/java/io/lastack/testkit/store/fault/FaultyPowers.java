package io.lastack.testkit.store.fault;

import io.lastack.spi.EpochRenewal;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import java.util.Optional;

/** A sound store with all powers, in which a subclass replaces one by one with a fault. */
abstract class FaultyPowers extends FaultyLog {
    @Override
    public Optional<LogRetention> retention() {
        return sound.retention();
    }

    @Override
    public Optional<UserErasure> erasure() {
        return sound.erasure();
    }

    @Override
    public Optional<UserExport> export() {
        return sound.export();
    }

    @Override
    public Optional<EpochRenewal> epochRenewal() {
        return sound.epochRenewal();
    }

    @Override
    public Optional<Positions> positions() {
        return sound.positions();
    }

    @Override
    public Optional<PositionsElsewhere> positionsElsewhere() {
        return sound.positionsElsewhere();
    }

    final LogRetention soundRetention() {
        return sound.retention().orElseThrow();
    }

    final UserErasure soundErasure() {
        return sound.erasure().orElseThrow();
    }

    final UserExport soundExport() {
        return sound.export().orElseThrow();
    }
}
