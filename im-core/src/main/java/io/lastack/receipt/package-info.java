/**
 * Who has read a message, who has not, to whom it was delivered, and how many messages are unread: computed from one
 * position per member, with nothing stored per message and member. Pure: no engine, store, clock or thread.
 */
@NullMarked
package io.lastack.receipt;

import org.jspecify.annotations.NullMarked;
