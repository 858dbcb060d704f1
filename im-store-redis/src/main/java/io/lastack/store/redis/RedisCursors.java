package io.lastack.store.redis;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import java.util.List;
import java.util.Locale;

/** Positions: one call for those of a conversation. */
final class RedisCursors implements Cursors {
    private final Server server;
    private final Keys keys;
    private final UserLists lists;

    RedisCursors(Server server, Keys keys, UserLists lists) {
        this.server = server;
        this.keys = keys;
        this.lists = lists;
    }

    /**
     * In three steps: the device is noted as starting, started in each conversation, and noted as registered. Whoever finds
     * it starting does the rest too; what is started already stays as it is.
     */
    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        byte[] key = keys.user(user);
        if (server.call("register a device", Script.DEVICE.on(key, Arguments.of(device)))
                        .number()
                == 0) {
            return false;
        }
        Arguments arguments = Arguments.of(user, device, start.name().toLowerCase(Locale.ROOT));
        server.calls(
                "start a device",
                lists.all(user).stream()
                        .map(id -> Script.START.on(keys.conversation(id), arguments))
                        .toList());
        return server.call("register a device", Script.REGISTERED.on(key, Arguments.of(device)))
                        .number()
                == 1;
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        return outcomes(Advances.ACKS.call(server, Script.ACKS, keys::conversation, advances));
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return outcomes(Advances.READS.call(server, Script.READS, keys::conversation, advances));
    }

    private static List<AdvanceOutcome> outcomes(String letters) {
        return letters.chars().mapToObj(RedisCursors::outcome).toList();
    }

    private static AdvanceOutcome outcome(int letter) {
        return switch (letter) {
            case 'A' -> AdvanceOutcome.ADVANCED;
            case 'U' -> AdvanceOutcome.UNCHANGED;
            default -> AdvanceOutcome.REFUSED;
        };
    }
}
