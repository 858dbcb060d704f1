/**
 * LastAck: instant messaging that never loses a message, as a library. Begin with {@link io.lastack.ImEngine}.
 */
@NullMarked
package io.lastack;

import org.jspecify.annotations.NullMarked;
