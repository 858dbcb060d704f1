/** Receipts to the authors whom they concern. */
@NullMarked
package io.lastack.internal.receipt;

import org.jspecify.annotations.NullMarked;
