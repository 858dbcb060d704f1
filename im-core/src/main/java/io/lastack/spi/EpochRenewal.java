package io.lastack.spi;

/**
 * The power to give the stored data another identity. A restored backup has the identity of the data it was taken from;
 * whoever notices that it is older than what devices know gives it a new one, so that they are told.
 */
public interface EpochRenewal {
    /**
     * Makes {@code fresh} the epoch if it is still {@code expected}: of several that notice at once, one renews, and all get
     * the same answer. One durable commit, all or nothing; from its return on, {@link MessageLog#epoch} tells the new one, to
     * every engine over the same data. Safe for several threads. Calling it again with the same values changes nothing; after
     * an exception, whatever its effect, it may be called again.
     *
     * @param expected what {@link MessageLog#epoch} told
     * @param fresh 1 to 64 characters that no epoch of this data had before, not blank
     * @return the epoch as it is now: {@code fresh}, or what somebody else made it before
     * @throws IllegalArgumentException if {@code fresh} is blank or too long; nothing was changed
     * @throws io.lastack.error.StoreException if the store cannot answer
     */
    String renew(String expected, String fresh);
}
