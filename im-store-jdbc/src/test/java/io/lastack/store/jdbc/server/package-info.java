/** Database servers for tests, started by them. */
package io.lastack.store.jdbc.server;
