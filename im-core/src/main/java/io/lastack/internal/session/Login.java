package io.lastack.internal.session;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.DeviceId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.FrameKind;
import io.lastack.session.Handshake;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.Authenticator.Credentials;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.RateLimiter;
import io.lastack.spi.Subscription;
import io.lastack.spi.UserContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a token to a session that is established; later, from a fresh token to a longer life. */
final class Login {
    private static final Logger log = LoggerFactory.getLogger(Login.class);

    private final ClientSession session;
    private final SessionServices services;
    private final Handshake handshake;
    private volatile boolean begun;
    private volatile boolean done;

    Login(ClientSession session, SessionServices services, Handshake handshake) {
        this.session = session;
        this.services = services;
        this.handshake = handshake;
    }

    /** From here on it is the server that takes its time. */
    boolean hasBegun() {
        return begun;
    }

    boolean isDone() {
        return done;
    }

    /** Logs in at once if the handshake carried both token and device. */
    void begin() {
        if (handshake.token() != null && handshake.deviceId() != null) {
            inOrder(() -> logIn(new ClientFrame.Hello(0, null, null, List.of(), null, null)));
        }
    }

    void hello(ClientFrame.Hello hello) {
        if (done) {
            inOrder(() -> renew(hello));
        } else {
            inOrder(() -> logIn(hello));
        }
    }

    /** Frames that follow wait until the task has run on a blocking thread. */
    private void inOrder(Runnable task) {
        begun = true;
        session.pauseInbound();
        services.blocking().execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("a login failed", e);
                session.end(new CloseReason(CloseReason.SERVER_ERROR, "login failed; try again later"));
            } finally {
                session.resumeInbound();
            }
        });
    }

    private void logIn(ClientFrame.Hello hello) {
        if (overLimit(hello)) {
            return;
        }
        session.tally().client(hello.client());
        UserContext user = authenticate(hello);
        DeviceId device = user == null ? null : deviceOf(hello, user);
        if (user == null || device == null || revoked(hello, user, device)) {
            return;
        }
        Subscriptions subscriptions = session.authenticated(user, device);
        if (subscriptions == null) {
            return;
        }
        services.journal().reading(() -> findAndWatch(hello, user, device, subscriptions));
        done = true;
        subscriptions.loaded();
        session.established();
        session.flush();
    }

    private void findAndWatch(ClientFrame.Hello hello, UserContext user, DeviceId device, Subscriptions subscriptions) {
        List<Subscription> found = subscriptions.find();
        Resume stated = Resume.of(hello.resume());
        String epoch = services.epochs().epoch();
        boolean resumed = hello.epoch() == null || hello.epoch().equals(epoch);
        if (hello.epoch() != null && resumed) {
            Resume.Ahead ahead =
                    stated.ahead(user.user(), found, services.store().log());
            if (ahead != null) {
                epoch = services.epochs().wentBack(epoch, ahead, session);
                resumed = false;
            }
        }
        session.send(welcome(user, device, resumed, epoch));
        if (hello.requestId() > 0) {
            session.replies().reply(hello.requestId(), Status.OK, null);
        }
        subscriptions.watch(found, resumed ? stated : Resume.NOTHING);
    }

    private void renew(ClientFrame.Hello hello) {
        UserContext user = authenticate(hello);
        if (user == null) {
            return;
        }
        if (!user.user().equals(session.user())) {
            fail(hello, "the token is of another user");
            return;
        }
        if (revoked(hello, user, session.device())) {
            return;
        }
        session.renewed(user);
        session.ack(new ClientFrame.Ack(hello.resume(), List.of()));
        if (hello.requestId() > 0) {
            session.replies().reply(hello.requestId(), Status.OK, null);
        }
        session.flush();
    }

    private boolean overLimit(ClientFrame.Hello hello) {
        RateLimiter.Verdict verdict =
                services.limiter().check(new RateLimiter.Attempt(null, null, session.remoteAddress(), FrameKind.LOGIN));
        if (verdict.isAllowed()) {
            return false;
        }
        Status status = Limits.status(verdict);
        if (hello.requestId() > 0) {
            session.replies().reply(hello.requestId(), status, null);
        }
        session.end(new CloseReason(CloseReason.RATE_LIMITED, status.message()));
        return true;
    }

    private boolean revoked(ClientFrame.Hello hello, UserContext user, DeviceId device) {
        boolean revoked = TokenCheck.isRevoked(services, user, device);
        if (revoked) {
            fail(hello, TokenCheck.REVOKED);
        }
        return revoked;
    }

    private @Nullable UserContext authenticate(ClientFrame.Hello hello) {
        String token = hello.token() != null ? hello.token() : done ? null : handshake.token();
        if (token == null || token.isEmpty()) {
            fail(hello, "hello carries no token");
            return null;
        }
        AuthOutcome outcome = TokenCheck.check(services, new Credentials(token, session.remoteAddress()));
        if (outcome instanceof AuthOutcome.Rejected rejected) {
            fail(hello, rejected.reason());
            return null;
        }
        return ((AuthOutcome.Accepted) outcome).user();
    }

    private @Nullable DeviceId deviceOf(ClientFrame.Hello hello, UserContext user) {
        String stated = hello.deviceId() != null ? hello.deviceId() : handshake.deviceId();
        DeviceId bound = user.device();
        if (stated == null && bound == null) {
            fail(hello, "hello carries no deviceId");
            return null;
        }
        try {
            DeviceId device = stated == null ? bound : DeviceId.of(stated);
            if (bound != null && !bound.equals(device)) {
                fail(hello, TokenCheck.OTHER_DEVICE);
                return null;
            }
            return device;
        } catch (InvalidRequestException e) {
            fail(hello, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void fail(ClientFrame.Hello hello, String reason) {
        if (hello.requestId() > 0) {
            session.replies().reply(hello.requestId(), Status.of(401, reason), null);
        }
        session.end(new CloseReason(CloseReason.UNAUTHENTICATED, reason));
    }

    private ServerFrame.Welcome welcome(UserContext user, DeviceId device, boolean resumed, String epoch) {
        EngineOptions options = services.options();
        return new ServerFrame.Welcome(
                session.id(),
                user.user().value(),
                device.value(),
                services.runtime().currentTimeMillis(),
                options.heartbeat().toMillis(),
                options.window(),
                new ServerFrame.Limits(options.maxPacketBytes(), options.maxBodyBytes(), options.maxFetch()),
                resumed,
                epoch);
    }
}
