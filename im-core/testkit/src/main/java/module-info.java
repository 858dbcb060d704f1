/** Contract suites that every store, bus and transport must pass, and the simulator. */
module io.lastack.testkit {
    exports io.lastack.testkit;
    exports io.lastack.testkit.cluster;
    exports io.lastack.testkit.sim;
    exports io.lastack.testkit.store;
    exports io.lastack.testkit.transport;

    opens io.lastack.testkit.cluster to
            org.junit.platform.commons;
    opens io.lastack.testkit.transport to
            org.junit.platform.commons;
    opens io.lastack.testkit.store to
            org.junit.platform.commons;

    requires transitive io.lastack.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
}
