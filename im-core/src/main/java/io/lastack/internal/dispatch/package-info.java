/** What happens after a commit: replies, pushes, membership events. */
@NullMarked
package io.lastack.internal.dispatch;

import org.jspecify.annotations.NullMarked;
