/** One connection: its windows, its outbound frames, its life. */
@NullMarked
package io.lastack.internal.session;

import org.jspecify.annotations.NullMarked;
