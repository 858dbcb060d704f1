/**
 * A simulator of whole installations: the shipping engine, the shipping client, a store, and the network between them, in
 * one thread, on virtual time, driven by one seed. See {@link io.lastack.testkit.sim.Simulator}.
 */
@NullMarked
package io.lastack.testkit.sim;

import org.jspecify.annotations.NullMarked;
