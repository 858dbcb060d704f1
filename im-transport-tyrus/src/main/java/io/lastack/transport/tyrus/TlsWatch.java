package io.lastack.transport.tyrus;

import io.lastack.spi.EngineRuntime;
import io.lastack.transport.tyrus.netty.TlsContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks every now and then whether the files of a certificate have changed. Safe for use by several threads. */
final class TlsWatch {

    private final TlsContext tls;
    private final EngineRuntime runtime;
    private final Duration interval;

    /* Guarded by this. */
    private EngineRuntime.@Nullable Cancellable next;
    private boolean stopped;

    TlsWatch(TlsContext tls, EngineRuntime runtime, Duration interval) {
        this.tls = tls;
        this.runtime = runtime;
        this.interval = interval;
    }

    synchronized void start() {
        if (!stopped) {
            next = runtime.schedule(interval, () -> runtime.execute(this::look));
        }
    }

    private void look() {
        tls.reloadIfChanged();
        start();
    }

    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }
}
