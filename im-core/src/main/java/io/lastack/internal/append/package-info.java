/** Group commit: drafts that gather while one commit runs go into the next. */
@NullMarked
package io.lastack.internal.append;

import org.jspecify.annotations.NullMarked;
