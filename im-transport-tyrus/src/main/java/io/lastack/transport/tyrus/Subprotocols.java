package io.lastack.transport.tyrus;

import io.lastack.proto.WireCodec;
import java.util.List;
import java.util.Optional;

/** Which codec a client and this server speak: the first known of those offered, and JSON where none is offered. */
final class Subprotocols {

    /** Those known, best first. */
    static final List<String> KNOWN = List.of(WireCodec.PROTO.subprotocol(), WireCodec.JSON.subprotocol());

    private Subprotocols() {}

    /** The codec for what a client offers, or nothing if it offers only what is not known. */
    static Optional<WireCodec> choose(List<String> offered) {
        return offered.isEmpty()
                ? Optional.of(WireCodec.JSON)
                : offered.stream().flatMap(name -> WireCodec.of(name).stream()).findFirst();
    }
}
