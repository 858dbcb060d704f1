/** Rate limits over token buckets, ready-made. */
@NullMarked
package io.lastack.transport.tyrus.limit;

import org.jspecify.annotations.NullMarked;
