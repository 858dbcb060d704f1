package io.lastack.examples.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lastack.ImEngine;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Adds the HTTP API for back ends, its description at {@code /openapi.json}, and a page to try it at {@code /docs}. */
public final class ApiRoutes {
    /** What a server has to take, for the API to say itself that a body is too large. */
    public static final int MAX_HTTP_BODY = 4 * HttpApi.MAX_BODY;

    private ApiRoutes() {}

    /** Adds nothing where nobody may call it. */
    public static void addTo(HttpRoutes.Builder routes, ImEngine engine, ImStore store, ApiOptions options) {
        if (!options.isOn()) {
            return;
        }
        List<Operation> operations = operations(engine, store, options.systemUser());
        routes.under(HttpApi.PREFIX, new HttpApi(operations, options.tokens()));
        HttpReply description = HttpReply.json(200, describe(operations)).with("Cache-Control", "no-cache");
        routes.get("/openapi.json", call -> description);
        DocsPage.addTo(routes);
    }

    static List<Operation> operations(ImEngine engine, ImStore store, UserId system) {
        List<Operation> operations = new ArrayList<>();
        operations.addAll(new MessageRoutes(engine, system).operations());
        operations.addAll(new RevisionRoutes(engine, store, system).operations());
        GroupChanges changes = new GroupChanges(engine, system);
        operations.addAll(new GroupRoutes(engine, changes).operations());
        operations.addAll(new MemberRoutes(engine, changes).operations());
        operations.addAll(new NotificationRoutes(engine, system).operations());
        operations.addAll(new PresenceRoutes(engine).operations());
        operations.addAll(new RoomRoutes(engine, system).operations());
        operations.addAll(new SessionRoutes(engine).operations());
        operations.addAll(new UserRoutes(engine, store).operations());
        operations.addAll(new SettingsRoutes(engine).operations());
        operations.addAll(new RetentionRoutes(engine).operations());
        return operations;
    }

    private static String describe(List<Operation> operations) {
        String version =
                Objects.requireNonNullElse(ApiRoutes.class.getPackage().getImplementationVersion(), "development");
        try {
            return RequestBody.MAPPER
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(OpenApi.describe(operations, version));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
