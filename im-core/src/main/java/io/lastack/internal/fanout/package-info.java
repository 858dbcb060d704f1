/** Who is online and watches which conversation, and the newest messages of each. */
@NullMarked
package io.lastack.internal.fanout;

import org.jspecify.annotations.NullMarked;
