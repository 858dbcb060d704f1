package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.ImEngine;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.spi.Subscription;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a user has, and its end. */
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
        return List.of(conversations(), export(), erase());
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
            ObjectNode row = rows.addObject()
                    .put("conversation", each.conversation().value())
                    .put("name", each.name())
                    .put("role", Views.lower(each.role()))
                    .put("lastSeq", each.visibleHead() < each.firstSeq() ? 0 : each.visibleHead())
                    .put("lastRead", each.lastRead())
                    .put("unread", each.unread())
                    .put("mentions", each.mentions())
                    .put("firstSeq", each.firstSeq())
                    .put("member", each.lastSeq() == Long.MAX_VALUE);
            row.putObject("settings")
                    .put("mutedUntil", each.settings().mutedUntil())
                    .put("pinned", each.settings().pinned())
                    .put("archived", each.settings().archived());
        }
        Views.next(json, page.stream().map(each -> each.conversation().value()).toList(), call.limit());
        return Answer.of(json);
    }

    private Operation export() {
        return Operation.get("/users/{user}/export", "exportUser")
                .tag(TAG)
                .says(
                        "Everything that is kept of a user",
                        "As JSON, one object a line: the user and its devices, its memberships, its positions, the messages"
                                + " that it sent, and its inbox. Written while it is sent: an answer that is cut off is not"
                                + " whole.")
                .answers("application/jsonl", Shape.text())
                .fails(501)
                .by(this::export);
    }

    private Answer export(ApiCall call) {
        if (store.export().isEmpty()) {
            throw new ProblemException(Problem.of(501, "this store cannot export users"));
        }
        UserId user = call.user();
        return Answer.stream(out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            engine.privacy().export(user, writer);
            writer.flush();
        });
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
