package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpCall;
import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoute;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a call and runs it where it may block. */
final class RouteRunner {

    private static final Logger LOG = LoggerFactory.getLogger(RouteRunner.class);

    private final HttpRoutes routes;
    private final Executor executor;

    RouteRunner(HttpRoutes routes, Executor executor) {
        this.routes = routes;
        this.executor = executor;
    }

    /** Answers a call, now or later, on any thread. */
    void run(HttpCall call, Consumer<HttpReply> answer) {
        var methods = routes.at(call.path());
        if (methods.isEmpty()) {
            routes.above(call.path())
                    .ifPresentOrElse(
                            route -> start(route, call, answer),
                            () -> answer.accept(HttpReply.text(404, "there is nothing here\n")));
            return;
        }
        var route = methods.get().get(call.method());
        if (route == null) {
            answer.accept(HttpReply.text(405, "the method is not known here\n")
                    .with("Allow", String.join(", ", methods.get().keySet())));
            return;
        }
        start(route, call, answer);
    }

    /** Writes a body, as a route would run. @return whether there is room for that */
    boolean write(Runnable body) {
        try {
            executor.execute(body);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void start(HttpRoute route, HttpCall call, Consumer<HttpReply> answer) {
        try {
            executor.execute(() -> answer.accept(handle(route, call)));
        } catch (RejectedExecutionException e) {
            answer.accept(HttpReply.text(503, "too much to do at the moment\n").with("Retry-After", "1"));
        }
    }

    private static HttpReply handle(HttpRoute route, HttpCall call) {
        try {
            return route.handle(call);
        } catch (Exception e) {
            LOG.error("{} {} failed", call.method(), call.path(), e);
            return HttpReply.text(500, "it went wrong here, and is in the log\n");
        }
    }
}
