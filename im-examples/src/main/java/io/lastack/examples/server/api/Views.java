package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.Messages;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.receipt.DeliveredMark;
import io.lastack.receipt.Receipts;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Values as the API writes them: the names and forms of the protocol's JSON. */
final class Views {
    private Views() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode sent(Messages.Sent sent) {
        return object().put("conversation", sent.conversation().value())
                .put("seq", sent.seq())
                .put("sentAt", sent.sentAt())
                .put("duplicate", sent.duplicate());
    }

    static ObjectNode changed(ConversationId conversation, long seq) {
        return object().put("conversation", conversation.value()).put("seq", seq);
    }

    static ObjectNode message(Message message) {
        Content content = message.content();
        ObjectNode json = object().put("seq", message.seq())
                .put("clientMessageId", message.clientMessageId().value())
                .put("sender", message.sender().value())
                .put("kind", content.kind())
                .put("type", content.type());
        if (!content.payload().isText()) {
            json.put(
                    "body", Base64.getEncoder().encodeToString(content.payload().data()));
        } else if (content.payload().size() > 0) {
            json.put("text", content.payload().asText());
        }
        if (!content.ext().isEmpty()) {
            ObjectNode ext = json.putObject("ext");
            content.ext().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(e -> ext.put(e.getKey(), e.getValue()));
        }
        if (content.replyTo() > 0) {
            json.put("replyTo", content.replyTo());
        }
        if (!content.mentions().isEmpty()) {
            users(json.putArray("mentions"), content.mentions());
        }
        if (content.revises() > 0) {
            json.put("revises", content.revises());
        }
        if (content.revisedBy() > 0) {
            json.put("revisedBy", content.revisedBy());
        }
        return json.put("sentAt", message.sentAt());
    }

    static ObjectNode page(ConversationId conversation, Messages.Page page) {
        ObjectNode json = object().put("conversation", conversation.value());
        ArrayNode messages = json.putArray("messages");
        page.messages().forEach(each -> messages.add(message(each)));
        return json.put("more", page.more());
    }

    static ObjectNode receipts(ConversationId conversation, Receipts receipts) {
        ObjectNode json = object().put("conversation", conversation.value()).put("seq", receipts.seq());
        ArrayNode readBy = json.putArray("readBy");
        receipts.readBy()
                .forEach(mark ->
                        readBy.addObject().put("user", mark.user().value()).put("at", mark.at()));
        users(json.putArray("unreadBy"), receipts.unreadBy());
        ArrayNode deliveredTo = json.putArray("deliveredTo");
        receipts.deliveredTo().forEach(mark -> delivered(deliveredTo.addObject(), mark));
        return json;
    }

    private static void delivered(ObjectNode json, DeliveredMark mark) {
        json.put("user", mark.user().value());
        if (mark.at() > 0) {
            json.put("at", mark.at());
        }
    }

    static void users(ArrayNode into, Collection<UserId> users) {
        users.forEach(user -> into.add(user.value()));
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** A page of a list: {@code next} is there if the page is full. */
    static void next(ObjectNode json, List<String> page, int limit) {
        if (page.size() >= limit) {
            json.put("next", page.get(page.size() - 1));
        }
    }
}
