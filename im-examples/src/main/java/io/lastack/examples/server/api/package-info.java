/** The HTTP API of the standalone server, for back ends: routes, their description, and who may call them. */
@NullMarked
package io.lastack.examples.server.api;

import org.jspecify.annotations.NullMarked;
