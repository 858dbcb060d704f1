/**
 * What a host or a store provides. Calls may block; they run on threads that the engine was given for blocking work,
 * and every type here may be called by several threads at once unless it says otherwise.
 */
@NullMarked
package io.lastack.spi;

import org.jspecify.annotations.NullMarked;
