package io.lastack.transport.tyrus;

/** Names of claims beside the registered ones. */
final class JwtClaims {

    static final String DEVICE = "device";
    static final String DEVICE_KIND = "deviceKind";
    static final String ROLES = "roles";
    static final String PERMISSIONS = "permissions";

    private JwtClaims() {}
}
