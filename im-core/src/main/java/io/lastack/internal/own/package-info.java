/** What users set for themselves: how conversations are shown, and whom they block. */
@NullMarked
package io.lastack.internal.own;

import org.jspecify.annotations.NullMarked;
