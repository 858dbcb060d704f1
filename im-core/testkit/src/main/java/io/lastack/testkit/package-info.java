/** Contract suites that every store, bus and transport must pass, and the simulator. */
@NullMarked
package io.lastack.testkit;

import org.jspecify.annotations.NullMarked;
