/** What each frame of a client asks for, and the answer. */
@NullMarked
package io.lastack.internal.request;

import org.jspecify.annotations.NullMarked;
