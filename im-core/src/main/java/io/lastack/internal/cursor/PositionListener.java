package io.lastack.internal.cursor;

import java.util.List;

/** Hears of positions after they are stored: the newest of each only. */
public interface PositionListener {
    void acksStored(List<AckMove> moves);

    /** These were not stored: they are above what the member may see. */
    void acksRefused(List<AckMove> moves);

    void readsStored(List<ReadMove> moves);
}
