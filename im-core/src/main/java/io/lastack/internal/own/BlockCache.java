package io.lastack.internal.own;

import io.lastack.log.UserId;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.Memberships;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who blocks whom, remembered so that a message costs no query. A change made through this engine counts at once; one made
 * elsewhere after {@link #MAX_AGE} at the latest. Bounded: what was asked for longest ago is forgotten. Thread-safe.
 */
public final class BlockCache {
    /** How long an answer of the store counts. */
    static final Duration MAX_AGE = Duration.ofSeconds(10);

    private static final int MAX_PAIRS = 100_000;
    private static final int PAGE = 1_000;

    private final Memberships memberships;
    private final EngineRuntime runtime;
    private final Map<Pair, Verdict> verdicts;
    private final List<Consumer<UserId>> followers = new CopyOnWriteArrayList<>();
    /** Counts the changes; an answer that was asked for before the last one is not remembered. */
    private long changes;

    public BlockCache(Memberships memberships, EngineRuntime runtime) {
        this.memberships = memberships;
        this.runtime = runtime;
        this.verdicts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Pair, Verdict> eldest) {
                return size() > MAX_PAIRS;
            }
        };
    }

    /** Told of everybody whose block list changes through this engine. */
    public void onChange(Consumer<UserId> follower) {
        followers.add(follower);
    }

    private record Pair(UserId by, UserId user) {}

    private record Verdict(boolean blocked, long atNanos) {}

    /** Whether {@code by} has blocked the user; null if the store must be asked. Does not block. */
    public @Nullable Boolean known(UserId by, UserId user) {
        long now = runtime.nanoTime();
        synchronized (this) {
            Verdict verdict = verdicts.get(new Pair(by, user));
            if (verdict == null || now - verdict.atNanos() > MAX_AGE.toNanos()) {
                return null;
            }
            return verdict.blocked();
        }
    }

    /** Whether {@code by} has blocked the user, as the store has it. Blocks. */
    public boolean ask(UserId by, UserId user) {
        long before;
        synchronized (this) {
            before = changes;
        }
        long now = runtime.nanoTime();
        boolean blocked = memberships.blocking(Set.of(by), user).contains(by);
        synchronized (this) {
            if (before == changes) {
                verdicts.put(new Pair(by, user), new Verdict(blocked, now));
            }
        }
        return blocked;
    }

    /** Those of the users who have blocked this one, as the store has it. Blocks. */
    public Set<UserId> askAmong(Collection<UserId> users, UserId user) {
        return memberships.blocking(users, user);
    }

    /** Whom a user has blocked, as the store has it. Blocks. */
    public Set<UserId> askFor(UserId by) {
        Set<UserId> all = new HashSet<>();
        UserId after = null;
        List<UserId> page;
        do {
            page = memberships.blocked(by, after, PAGE);
            all.addAll(page);
            after = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (page.size() == PAGE);
        return all;
    }

    /** {@code by} has blocked the user, or no longer does: the store says. */
    public void changed(UserId by, UserId user) {
        synchronized (this) {
            changes++;
            verdicts.remove(new Pair(by, user));
        }
        followers.forEach(follower -> follower.accept(by));
    }
}
