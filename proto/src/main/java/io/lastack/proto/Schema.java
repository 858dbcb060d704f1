package io.lastack.proto;

import io.lastack.proto.v1.ClientPacket;
import io.lastack.proto.v1.ServerPacket;

/** The two packets of the protocol, from which all other messages hang. */
final class Schema {
    /** The frames of a packet from a client. */
    static final FieldShape CLIENT_FRAMES =
            new Shape(ClientPacket.getDescriptor()).field(ClientPacket.FRAMES_FIELD_NUMBER);

    /** The frames of a packet from the server. */
    static final FieldShape SERVER_FRAMES =
            new Shape(ServerPacket.getDescriptor()).field(ServerPacket.FRAMES_FIELD_NUMBER);

    private Schema() {}
}
