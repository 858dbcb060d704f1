/** The contract of transports: what clients and engine may expect of whatever carries their packets. */
@NullMarked
package io.lastack.testkit.transport;

import org.jspecify.annotations.NullMarked;
