package io.lastack.memory;

import io.lastack.spi.EpochRenewal;

/** Changes the identity of the data of a {@link MemoryStore}. */
final class MemoryEpoch implements EpochRenewal {
    private static final int MAX_LENGTH = 64;

    private final State state;

    MemoryEpoch(State state) {
        this.state = state;
    }

    @Override
    public String renew(String expected, String fresh) {
        if (fresh.isBlank() || fresh.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an epoch of " + fresh.length() + " characters is not allowed; 1 to "
                    + MAX_LENGTH + ", not all blank, are");
        }
        synchronized (state) {
            if (state.epoch().equals(expected)) {
                state.setEpoch(fresh);
            }
            return state.epoch();
        }
    }
}
