package io.lastack.testkit.sim;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.ImStore;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import java.util.List;

/** A store that says that it moved floors, and does not keep every tenth list of them. */
final class ForgetfulStore implements ImStore, Cursors {
    private final MemoryStore sound;
    private int lists;

    ForgetfulStore(String epoch) {
        this.sound = MemoryStore.create(epoch);
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        if (++lists % 10 == 0) {
            return advances.stream().map(a -> AdvanceOutcome.ADVANCED).toList();
        }
        return sound.cursors().advanceAcks(advances);
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return sound.cursors().advanceReads(advances);
    }

    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        return sound.cursors().register(user, device, start);
    }

    @Override
    public MessageLog log() {
        return sound.log();
    }

    @Override
    public Memberships memberships() {
        return sound.memberships();
    }

    @Override
    public Cursors cursors() {
        return this;
    }

    @Override
    public void close() {
        sound.close();
    }
}
