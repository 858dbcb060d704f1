package io.lastack.proto;

import io.lastack.log.Message;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.List;

/** About how many bytes the messages of a frame will take, without long bodies, so that an array for them need not grow. */
final class MessageBytes {
    /** Ids, names and numbers of a usual message. */
    private static final int ENVELOPE = 128;

    private MessageBytes() {}

    /** 0 for a frame without messages. */
    static int in(ServerFrame frame) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            return in(deliver.messages());
        }
        return frame instanceof ServerFrame.Reply reply && reply.result() instanceof Result.Fetch fetch
                ? in(fetch.messages())
                : 0;
    }

    private static int in(List<Message> messages) {
        int bytes = 0;
        for (Message message : messages) {
            int body = message.content().payload().size();
            bytes += ENVELOPE + (body < ProtoWriter.SHARED_BYTES ? body : 0);
        }
        return bytes;
    }
}
