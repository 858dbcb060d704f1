/** Tells a back end of messages that reach nobody, over HTTP: a push trigger to copy from. */
@NullMarked
package io.lastack.examples.webhook;

import org.jspecify.annotations.NullMarked;
