package io.lastack.proto;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The first error that was logged by one thread: a fault that was caught, and would go unseen. */
final class LoggedErrors extends AppenderBase<ILoggingEvent> {
    private static final ThreadLocal<@Nullable ILoggingEvent> FIRST = new ThreadLocal<>();

    private LoggedErrors() {}

    static LoggedErrors ofThisProcess() {
        LoggedErrors errors = new LoggedErrors();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        errors.setContext(root.getLoggerContext());
        errors.start();
        root.addAppender(errors);
        return errors;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR) && FIRST.get() == null) {
            FIRST.set(event);
        }
    }

    void clear() {
        FIRST.remove();
    }

    /** @throws AssertionError if this thread has logged an error since it cleared */
    void check() {
        ILoggingEvent event = FIRST.get();
        if (event != null) {
            Throwable cause = event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
            throw new AssertionError("logged: " + event.getFormattedMessage(), cause);
        }
    }
}
