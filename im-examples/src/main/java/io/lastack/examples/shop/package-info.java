/** An application with transactions of its own: an order and its message are committed together. */
@NullMarked
package io.lastack.examples.shop;

import org.jspecify.annotations.NullMarked;
