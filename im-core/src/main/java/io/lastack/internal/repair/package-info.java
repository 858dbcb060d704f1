/** Healing of what this node was not told: what the sessions here know, compared with the store. */
@NullMarked
package io.lastack.internal.repair;

import org.jspecify.annotations.NullMarked;
