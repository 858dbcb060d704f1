/** Ready-made checks of what is sent, for {@link io.lastack.spi.SendInterceptor}. */
@NullMarked
package io.lastack.policy;

import org.jspecify.annotations.NullMarked;
