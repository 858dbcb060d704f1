package io.lastack.testkit.store.fault;

import io.lastack.memory.MemoryStore;
import io.lastack.spi.Cursors;
import io.lastack.spi.ImStore;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;

/** A sound store in which a subclass replaces a part by one with a fault. */
abstract class Faulty implements ImStore {
    final MemoryStore sound = MemoryStore.create();

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
        return sound.cursors();
    }

    @Override
    public final void close() {
        sound.close();
    }
}
