/** The values of the log: conversations, messages, drafts, and what became of an append. Immutable; valid once constructed. */
@NullMarked
package io.lastack.log;

import org.jspecify.annotations.NullMarked;
