package io.lastack.engine;

import io.lastack.error.StoreException;
import io.lastack.spi.Cursors;
import io.lastack.spi.ImStore;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A store that remembers which of its methods were called, and fails them all when a test says so. */
class CountingStore implements ImStore {
    final List<String> calls = new ArrayList<>();
    boolean failing;
    Runnable beforeAnswer = () -> {};

    private final MessageLog log;
    private final Memberships memberships;
    private final Cursors cursors;

    CountingStore(ImStore store) {
        this.log = counting(MessageLog.class, store.log());
        this.memberships = counting(Memberships.class, store.memberships());
        this.cursors = counting(Cursors.class, store.cursors());
    }

    private <T> T counting(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            calls.add(method.getName());
            beforeAnswer.run();
            if (failing) {
                throw new StoreException("the test pulled the plug", null, true, StoreException.Effect.NOT_APPLIED);
            }
            try {
                return method.invoke(part, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Override
    public MessageLog log() {
        return log;
    }

    @Override
    public Memberships memberships() {
        return memberships;
    }

    @Override
    public Cursors cursors() {
        return cursors;
    }

    @Override
    public void close() {}
}
