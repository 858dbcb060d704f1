package io.lastack.internal.presence;

import io.lastack.spi.DevicesPerUser;
import io.lastack.spi.PresenceEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connections of one user for which a rule leaves no place: the oldest. Every node comes to the same. */
final class TooMany {
    private TooMany() {}

    static List<PresenceEntry> of(List<PresenceEntry> entries, DevicesPerUser rule) {
        if (entries.size() <= rule.most()) {
            return List.of();
        }
        List<PresenceEntry> newestFirst = entries.stream()
                .sorted(Comparator.comparingLong(PresenceEntry::since)
                        .thenComparing(PresenceEntry::session)
                        .reversed())
                .toList();
        Map<String, Integer> ofKind = new HashMap<>();
        List<PresenceEntry> tooMany = new ArrayList<>();
        for (PresenceEntry entry : newestFirst) {
            if (ofKind.merge(entry.kind(), 1, Integer::sum) > rule.most()) {
                tooMany.add(entry);
            }
        }
        return tooMany;
    }

    static String reason(DevicesPerUser rule) {
        return "another device of this user connected; at most " + rule.most() + (rule.ofEachKind() ? " of a kind" : "")
                + " may be";
    }
}
