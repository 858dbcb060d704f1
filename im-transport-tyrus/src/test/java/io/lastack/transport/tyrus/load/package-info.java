/** Many connections at once: servers and clients in processes of their own, and what a connection costs. */
package io.lastack.transport.tyrus.load;
