package io.lastack.transport.tyrus.load;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** Counts the log lines of connections that ended, instead of printing them. */
final class EndLines extends AppenderBase<ILoggingEvent> {

    /** Silence, as the protocol numbers it. */
    private static final int SILENT = 4408;

    private final Map<String, Integer> bySession = new HashMap<>();
    private final Map<Integer, Long> byCode = new TreeMap<>();
    private long lastAbrupt;
    private long lastSilent;

    static EndLines begin() {
        var lines = new EndLines();
        var logger = (Logger) LoggerFactory.getLogger("io.lastack.internal.session.ClientSession");
        lines.setContext(logger.getLoggerContext());
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
        return lines;
    }

    @Override
    protected synchronized void append(ILoggingEvent line) {
        if (!line.getMessage().equals("connection ended")) {
            return;
        }
        String session = "";
        int code = 0;
        for (KeyValuePair pair : line.getKeyValuePairs()) {
            if (pair.key.equals("session")) {
                session = pair.value.toString();
            } else if (pair.key.equals("code")) {
                code = (Integer) pair.value;
            }
        }
        bySession.merge(session, 1, Integer::sum);
        byCode.merge(code, 1L, Long::sum);
        if (code == SILENT) {
            lastSilent = System.nanoTime();
        } else {
            lastAbrupt = System.nanoTime();
        }
    }

    /** Since the last time: how many, of how many sessions, by code, and when the last one was, by the system's clock. */
    synchronized Map<String, Long> take() {
        Map<String, Long> taken = new TreeMap<>();
        taken.put("lines", bySession.values().stream().mapToLong(n -> n).sum());
        taken.put("sessions", (long) bySession.size());
        byCode.forEach((code, count) -> taken.put("code" + code, count));
        taken.put("lastAbrupt", lastAbrupt);
        taken.put("lastSilent", lastSilent);
        bySession.clear();
        byCode.clear();
        return taken;
    }
}
