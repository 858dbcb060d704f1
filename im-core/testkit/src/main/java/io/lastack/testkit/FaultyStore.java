package io.lastack.testkit;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.spi.Cursors;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store in front of another one, whose calls fail when a test says so: for an application's own tests of what it does
 * then. The calls of log, memberships and cursors count, in the order in which they are made; the optional powers are those
 * of the store behind, and do not fail. Failures are retryable.
 *
 * <p>Safe for use by several threads.
 */
public final class FaultyStore implements ImStore {
    private final ImStore sound;
    private final MessageLog log;
    private final Memberships memberships;
    private final Cursors cursors;
    private final AtomicInteger failBefore = new AtomicInteger();
    private final AtomicInteger failAfter = new AtomicInteger();

    private FaultyStore(ImStore sound) {
        this.sound = sound;
        this.log = faulty(MessageLog.class, sound.log());
        this.memberships = faulty(Memberships.class, sound.memberships());
        this.cursors = faulty(Cursors.class, sound.cursors());
    }

    /** @param sound where the data is; closed with this one */
    public static FaultyStore over(ImStore sound) {
        return new FaultyStore(Objects.requireNonNull(sound, "sound"));
    }

    /**
     * The next calls fail, and have no effect.
     *
     * @param calls how many; 0 for none from now on
     * @throws IllegalArgumentException if it is negative
     */
    public void failBefore(int calls) {
        failBefore.set(atLeastZero(calls));
    }

    /**
     * The next calls take effect, and fail all the same: whoever made one does not know.
     *
     * @param calls how many; 0 for none from now on
     * @throws IllegalArgumentException if it is negative
     */
    public void failAfter(int calls) {
        failAfter.set(atLeastZero(calls));
    }

    private static int atLeastZero(int calls) {
        if (calls < 0) {
            throw new IllegalArgumentException(calls + " failing calls are not allowed; 0 or more are");
        }
        return calls;
    }

    private <T> T faulty(Class<T> part, T behind) {
        return part.cast(Proxy.newProxyInstance(
                part.getClassLoader(), new Class<?>[] {part}, (proxy, method, args) -> call(behind, method, args)));
    }

    private Object call(Object behind, Method method, Object[] args) throws Throwable {
        boolean isOfThePart = method.getDeclaringClass() != Object.class;
        if (isOfThePart && takeOne(failBefore)) {
            throw failure(method, Effect.NOT_APPLIED);
        }
        Object answer;
        try {
            answer = method.invoke(behind, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (isOfThePart && takeOne(failAfter)) {
            throw failure(method, Effect.UNKNOWN);
        }
        return answer;
    }

    private static boolean takeOne(AtomicInteger failures) {
        return failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private static StoreException failure(Method method, Effect effect) {
        return new StoreException(method.getName() + " failed, as the test wants", null, true, effect);
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

    @Override
    public void close() {
        sound.close();
    }
}
