package io.lastack.store.redis;

import java.util.List;

/**
 * One call of a script.
 *
 * @param keys at least one; in a cluster, all in one slot
 */
record Call(Script script, List<byte[]> keys, List<byte[]> arguments) {
    /** By which a cluster finds the node. */
    byte[] key() {
        return keys.get(0);
    }
}
