package io.lastack.store.jdbc;

import io.lastack.log.UserId;
import io.lastack.spi.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Places in numbers, each once; those that have none are left out.
 *
 * @param places sorted
 * @param rows conversation and user of each
 */
record PlaceNumbers(List<Place> places, List<long[]> rows) {
    static PlaceNumbers find(NumberedNames conversations, NumberedNames users, Collection<Place> wanted) {
        Map<String, Long> logs = conversations.find(
                wanted.stream().map(place -> place.conversation().value()).collect(Collectors.toSet()));
        Map<String, Long> people =
                users.find(wanted.stream().map(Place::user).map(UserId::value).collect(Collectors.toSet()));
        List<Place> places = new ArrayList<>();
        List<long[]> rows = new ArrayList<>();
        for (Place place : new TreeSet<>(wanted)) {
            Long conversation = logs.get(place.conversation().value());
            Long user = people.get(place.user().value());
            if (conversation != null && user != null) {
                places.add(place);
                rows.add(new long[] {conversation, user});
            }
        }
        return new PlaceNumbers(places, rows);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    Set<Long> conversations() {
        return rows.stream().map(row -> row[0]).collect(Collectors.toSet());
    }
}
