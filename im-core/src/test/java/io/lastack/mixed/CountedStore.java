package io.lastack.mixed;

import io.lastack.error.StoreException;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Cursors;
import io.lastack.spi.ImStore;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.UserErasure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sound store that remembers which of its methods were called, and fails one of them when a test says so. */
final class CountedStore implements ImStore {
    final MemoryStore sound = MemoryStore.create();
    final List<String> calls = new ArrayList<>();
    String failing = "";
    boolean closed;

    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    private <T> T counted(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> call(part, method, args)));
    }

    private Object call(Object part, Method method, Object[] args) throws Throwable {
        calls.add(method.getName());
        if (method.getName().equals(failing)) {
            throw new StoreException("the test pulled the plug", null, true, StoreException.Effect.NOT_APPLIED);
        }
        try {
            return method.invoke(part, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public MessageLog log() {
        return sound.log();
    }

    @Override
    public Memberships memberships() {
        return counted(Memberships.class, sound.memberships());
    }

    @Override
    public Cursors cursors() {
        return counted(Cursors.class, sound.cursors());
    }

    @Override
    public Optional<Positions> positions() {
        return sound.positions().map(part -> counted(Positions.class, part));
    }

    @Override
    public Optional<PositionsElsewhere> positionsElsewhere() {
        return sound.positionsElsewhere().map(part -> counted(PositionsElsewhere.class, part));
    }

    @Override
    public Optional<UserErasure> erasure() {
        return sound.erasure();
    }

    @Override
    public void close() {
        closed = true;
        if (failing.equals("close")) {
            throw new StoreException("the test pulled the plug", null, true, StoreException.Effect.UNKNOWN);
        }
    }
}
