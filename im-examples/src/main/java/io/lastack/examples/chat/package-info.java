/** A chat on the command line: the Java client engine, with a terminal around it. */
@NullMarked
package io.lastack.examples.chat;

import org.jspecify.annotations.NullMarked;
