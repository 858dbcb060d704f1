/** Instant messaging that does not lose messages: values, algorithms, service interfaces and the engine. */
module io.lastack.core {
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.lastack;
    exports io.lastack.client;
    exports io.lastack.cursor;
    exports io.lastack.error;
    exports io.lastack.log;
    exports io.lastack.memory;
    exports io.lastack.mixed;
    exports io.lastack.policy;
    exports io.lastack.receipt;
    exports io.lastack.session;
    exports io.lastack.spi;
}
