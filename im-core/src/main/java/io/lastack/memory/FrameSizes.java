package io.lastack.memory;

import io.lastack.log.Content;
import io.lastack.log.Message;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.List;
import java.util.Map;

/** About how many bytes a frame would take in the binary codec: enough to make byte limits bite where there is no wire. */
final class FrameSizes {
    /** Tags, lengths and numbers of one frame or message. */
    private static final int FIXED = 24;

    private FrameSizes() {}

    static int estimate(ServerFrame frame) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            return ofMessages(deliver.messages())
                    + deliver.conversation().value().length();
        }
        if (frame instanceof ServerFrame.Reply reply && reply.result() instanceof Result.Fetch fetch) {
            return ofMessages(fetch.messages()) + fetch.conversation().value().length();
        }
        return 2 * FIXED;
    }

    private static int ofMessages(List<Message> messages) {
        return messages.stream().mapToInt(FrameSizes::ofMessage).reduce(FIXED, Math::addExact);
    }

    private static int ofMessage(Message message) {
        return FIXED
                + message.sender().value().length()
                + message.clientMessageId().value().length()
                + ofContent(message.content());
    }

    private static int ofContent(Content content) {
        int size = content.payload().size() + content.type().length();
        for (Map.Entry<String, String> entry : content.ext().entrySet()) {
            size += entry.getKey().length() + entry.getValue().length() + 4;
        }
        return size
                + content.mentions().stream()
                        .mapToInt(u -> u.value().length() + 2)
                        .sum();
    }
}
