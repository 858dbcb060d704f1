/** The wire protocol: generated protobuf messages, and codecs for protobuf and JSON. */
module io.lastack.proto {
    requires transitive io.lastack.core;
    requires com.fasterxml.jackson.core;
    requires transitive com.google.protobuf;
    requires static transitive org.jspecify;

    exports io.lastack.proto;
    exports io.lastack.proto.v1;
}
