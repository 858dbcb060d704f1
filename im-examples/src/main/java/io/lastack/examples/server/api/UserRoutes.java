package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.spi.Subscription;
import java.util.List;

/** What a user has, whether it is there, and its end. */
final class UserRoutes {
    private static final String TAG = "users";
    private static final long ERASURE_SECONDS = 600;
    /** Positions of devices are not told here, so it is no matter whose they would be. */
    private static final DeviceId NO_DEVICE = DeviceId.of("http-api");

    private final ImEngine engine;
    private final ImStore store;

    UserRoutes(ImEngine engine, ImStore store) {
        this.engine = engine;
        this.store = store;
    }

    List<Operation> operations() {
        return List.of(conversations(), presence(), online(), disconnect(), erase());
    }

    private Operation conversations() {
        return Operation.get("/users/{user}/conversations", "listConversations")
                .tag(TAG)
                .says("A page of a user's conversations, with unread counts", "Those that the user has left included.")
                .query("after", Shapes.conversation(), "only conversations above this one")
                .query("limit", Shapes.limit(Shapes.MAX_PAGE), "how many at the most")
                .answers(Shape.named("ConversationPage"))
                .by(this::conversations);
    }

    private Answer conversations(ApiCall call) {
        ConversationId after = call.arguments()
                .optionalText("after")
                .map(ConversationId::parse)
                .orElse(null);
        List<Subscription> page = store.memberships().subscriptions(call.user(), NO_DEVICE, after, call.limit());
        ObjectNode json = Views.object();
        ArrayNode rows = json.putArray("conversations");
        for (Subscription each : page) {
            rows.addObject()
                    .put("conversation", each.conversation().value())
                    .put("name", each.name())
                    .put("role", Views.lower(each.role()))
                    .put("lastSeq", each.visibleHead() < each.firstSeq() ? 0 : each.visibleHead())
                    .put("lastRead", each.lastRead())
                    .put("unread", each.unread())
                    .put("firstSeq", each.firstSeq())
                    .put("member", each.lastSeq() == Long.MAX_VALUE);
        }
        Views.next(json, page.stream().map(each -> each.conversation().value()).toList(), call.limit());
        return Answer.of(json);
    }

    private Operation presence() {
        return Operation.get("/users/{user}/presence", "getPresence")
                .tag(TAG)
                .says("Whether a user is connected, and with which devices", "")
                .answers(Shape.named("Presence"))
                .by(call -> Answer.of(presence(call.user())));
    }

    private ObjectNode presence(UserId user) {
        List<DeviceId> devices = engine.presence().devices(user);
        ObjectNode json = Views.object().put("user", user.value()).put("online", !devices.isEmpty());
        ArrayNode rows = json.putArray("devices");
        devices.forEach(device -> rows.add(device.value()));
        return json;
    }

    private Operation online() {
        return Operation.get("/presence", "listOnline")
                .tag(TAG)
                .says("A page of the users who are connected", "")
                .query("after", Shapes.user(), "only users above this one")
                .query("limit", Shapes.limit(Shapes.MAX_MEMBERS), "how many at the most")
                .answers(Shape.named("Online"))
                .by(this::online);
    }

    private Answer online(ApiCall call) {
        var online = engine.presence().usersOnline();
        List<String> page = online.stream()
                .filter(user ->
                        call.after().map(after -> user.compareTo(after) > 0).orElse(true))
                .sorted()
                .limit(call.limit())
                .map(UserId::value)
                .toList();
        ObjectNode json = Views.object();
        ArrayNode rows = json.putArray("users");
        page.forEach(rows::add);
        json.put("online", online.size());
        Views.next(json, page, call.limit());
        return Answer.of(json);
    }

    private Operation disconnect() {
        return Operation.delete("/users/{user}/sessions", "disconnectUser")
                .tag(TAG)
                .says(
                        "Close the connections of a user",
                        "With close code 4403. Refuse the user's tokens first, or its devices come back.")
                .query("reason", Shape.string(1, 100), "told to the devices")
                .answers(Shape.object().required("closed", Shape.count(), "how many connections there were"))
                .by(call -> Answer.of(Views.object()
                        .put(
                                "closed",
                                engine.presence()
                                        .disconnect(
                                                call.user(),
                                                call.arguments()
                                                        .optionalText("reason")
                                                        .orElse("disconnected by the host")))));
    }

    private Operation erase() {
        return Operation.delete("/users/{user}", "eraseUser")
                .tag(TAG)
                .says(
                        "Erase a user",
                        "Its connections are closed, it leaves its groups, its inbox is emptied, and its messages become"
                                + " blank. Refuse its tokens before, and give its name to nobody else. Answered when all is"
                                + " done; doing it again is harmless, and goes on where an earlier call failed.")
                .fails(501)
                .by(this::erase);
    }

    private Answer erase(ApiCall call) {
        if (store.erasure().isEmpty()) {
            throw new ProblemException(Problem.of(501, "this store cannot erase users"));
        }
        Failures.await(engine.privacy().erase(call.user()), ERASURE_SECONDS);
        return Answer.NOTHING;
    }
}
