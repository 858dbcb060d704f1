package io.lastack.store.jdbc;

import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;

/** What a {@link JdbcStore} can do beside keeping messages. */
record Powers(
        LogRetention retention,
        UserErasure erasure,
        UserExport export,
        EpochRenewal epochRenewal,
        DeliveryMarks deliveryMarks,
        Positions positions,
        PositionsElsewhere positionsElsewhere) {}
