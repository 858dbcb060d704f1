/** The engine's figures as meters of Micrometer, for hosts that have it. */
@NullMarked
package io.lastack.transport.tyrus.metrics;

import org.jspecify.annotations.NullMarked;
