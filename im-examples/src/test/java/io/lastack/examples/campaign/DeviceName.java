package io.lastack.examples.campaign;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.List;

/** A device of the campaign, and its files. */
record DeviceName(UserId user, DeviceId device) {
    static final List<DeviceName> ALL =
            List.of(of("ann", "phone"), of("ann", "desk"), of("ben", "phone"), of("cem", "phone"), of("dana", "phone"));

    static final List<UserId> USERS =
            ALL.stream().map(DeviceName::user).distinct().toList();

    /** Makes the groups, and takes back who left. */
    static final DeviceName OWNER = ALL.get(0);

    static DeviceName of(String user, String device) {
        return new DeviceName(UserId.of(user), DeviceId.of(device));
    }

    static DeviceName parse(String text) {
        int dash = text.indexOf('-');
        return of(text.substring(0, dash), text.substring(dash + 1));
    }

    @Override
    public String toString() {
        return user + "-" + device;
    }
}
