package io.lastack.internal.cursor;

import java.util.List;

/** Hears of positions after they are stored: the newest of each only. */
public interface PositionListener {
    void acksStored(List<AckMove> moves);

    void readsStored(List<ReadMove> moves);
}
