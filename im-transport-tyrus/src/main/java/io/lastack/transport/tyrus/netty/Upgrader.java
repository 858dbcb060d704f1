package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.netty.Admission.Admitted;
import io.lastack.transport.tyrus.netty.Admission.Refused;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges requests to upgrade, and upgrades those admitted: only then does the engine hear of the client. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write or close that fails ends the connection, which is told otherwise.
final class Upgrader {

    private static final Logger LOG = LoggerFactory.getLogger(Upgrader.class);

    private static final Refused UNDECIDED = new Refused(503, "who you are could not be found out just now", 1);

    private final TyrusEngine engine;
    private final Map<String, UpgradePath> paths;
    private final HandshakeCheck check;
    private final ServerOptions options;

    Upgrader(TyrusEngine engine, Collection<UpgradePath> paths, ServerOptions options) {
        this.engine = engine;
        this.paths = paths.stream().collect(Collectors.toUnmodifiableMap(UpgradePath::path, Function.identity()));
        this.check = new HandshakeCheck(options.origins());
        this.options = options;
        this.paths.values().forEach(path -> engine.deploy(path.endpoint()));
    }

    /** Whether the request is for one of the upgrade paths. */
    boolean serves(HttpRequestView request) {
        return paths.containsKey(request.path());
    }

    /** Judges a request for an upgrade path; the verdict comes once, now or later, on any thread. */
    void judge(HttpRequestView request, Consumer<Admission> verdict) {
        var malformed = check.refusal(request);
        var path = paths.get(request.path());
        if (malformed.isPresent() || path == null) {
            verdict.accept(malformed.orElse(UNDECIDED));
            return;
        }
        ask(path.gate(), request.opening(HeaderList.tokens(request.all("Sec-WebSocket-Protocol"))), verdict);
    }

    /** Asks a gate; a failure of it counts as a refusal. */
    static void ask(Gate gate, Opening opening, Consumer<Admission> verdict) {
        try {
            gate.admit(opening).whenComplete((admission, failure) -> {
                if (failure != null) {
                    LOG.error("the gate of {} failed", opening.path(), failure);
                }
                verdict.accept(admission == null ? UNDECIDED : admission);
            });
        } catch (RuntimeException e) {
            LOG.error("the gate of {} failed", opening.path(), e);
            verdict.accept(UNDECIDED);
        }
    }

    /**
     * Upgrades: answers 101, puts the WebSocket handlers in the place of the HTTP ones and opens the session.
     *
     * @return what the engine had against it, in which case nothing has been done
     */
    Optional<Refused> upgrade(ChannelHandlerContext ctx, HttpRequestView request, Admitted admitted) {
        var channel = ctx.channel();
        var connection = new WebSocketConnection(channel, request.caller().address(), options);
        var properties = new HashMap<>(admitted.properties());
        properties.put(PacketChannel.PROPERTY, connection);
        var answer = new TyrusUpgradeResponse();
        var upgrade = engine.getWebSocketEngine()
                .upgrade(EngineRequest.of(request, channel, new SessionProperties(properties)), answer);
        if (upgrade.getStatus() != UpgradeStatus.SUCCESS || answer.getStatus() != 101) {
            LOG.debug("the engine refused with {}: {}", answer.getStatus(), answer.getReasonPhrase());
            return Optional.of(new Refused(400, "the handshake is malformed"));
        }
        ctx.write(switching(answer));
        HttpPipeline.replaceBy(ctx.pipeline(), new FrameInspector(options.limits(), connection), connection);
        channel.flush();
        open(channel, connection, upgrade);
        return Optional.empty();
    }

    private static void open(Channel channel, WebSocketConnection connection, UpgradeInfo upgrade) {
        try {
            var writer = new EngineWriter(connection);
            connection.open(upgrade.createConnection(writer, reason -> connection.kill(reason.getReasonPhrase())));
            channel.config().setAutoRead(true);
        } catch (RuntimeException e) {
            LOG.error("a session could not be opened", e);
            connection.kill("its session could not be opened");
        }
    }

    private static DefaultFullHttpResponse switching(TyrusUpgradeResponse answer) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        answer.getHeaders().forEach((name, values) -> response.headers().set(name, values));
        return response;
    }
}
