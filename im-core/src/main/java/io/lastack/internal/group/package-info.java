/** Rules and operations of groups. */
@NullMarked
package io.lastack.internal.group;

import org.jspecify.annotations.NullMarked;
