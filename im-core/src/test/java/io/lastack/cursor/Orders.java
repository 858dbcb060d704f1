package io.lastack.cursor;

import java.util.ArrayList;
import java.util.List;

/** Every order of the messages 1 to n. */
final class Orders {

    private Orders() {}

    static List<List<Integer>> of(int n) {
        List<List<Integer>> orders = List.of(List.of());
        for (int message = 1; message <= n; message++) {
            orders = insertedEverywhere(message, orders);
        }
        return orders;
    }

    private static List<List<Integer>> insertedEverywhere(int message, List<List<Integer>> orders) {
        List<List<Integer>> longer = new ArrayList<>();
        for (List<Integer> order : orders) {
            for (int at = 0; at <= order.size(); at++) {
                List<Integer> copy = new ArrayList<>(order);
                copy.add(at, message);
                longer.add(copy);
            }
        }
        return longer;
    }
}
