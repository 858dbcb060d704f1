/**
 * What every {@link io.lastack.spi.ImStore} must do, as tests. The test of a store extends
 * {@link io.lastack.testkit.store.StoreContract}, or {@link io.lastack.testkit.store.DurableStoreContract} if the store
 * survives its process, and says how to open it:
 *
 * <pre>{@code
 * final class MyStoreTest extends DurableStoreContract {
 *     @TempDir
 *     static Path directory;
 *
 *     @Override
 *     protected ImStore open() {
 *         return MyStore.open(directory);
 *     }
 * }
 * }</pre>
 *
 * <p>Every test uses names of its own, so one open store (and one database, over many runs) serves them all. Nothing is
 * skipped, and nothing waits without a bound.
 */
@NullMarked
package io.lastack.testkit.store;

import org.jspecify.annotations.NullMarked;
