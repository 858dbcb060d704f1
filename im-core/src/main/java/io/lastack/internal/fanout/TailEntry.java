package io.lastack.internal.fanout;

import io.lastack.log.Message;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.ServerFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message and its encoded forms: encoded once per codec, whatever the number of receivers. Thread-safe. */
public final class TailEntry {
    private final Message message;
    private volatile @Nullable Form forms;

    private record Form(
            FrameEncoder encoder,
            EncodedFrame frame,
            @Nullable Form next) {}

    public TailEntry(Message message) {
        this.message = message;
    }

    public Message message() {
        return message;
    }

    public long seq() {
        return message.seq();
    }

    /** The message as a {@code deliver} frame of its own. */
    public EncodedFrame frame(FrameEncoder encoder) {
        EncodedFrame known = find(encoder);
        return known != null ? known : encode(encoder);
    }

    private synchronized EncodedFrame encode(FrameEncoder encoder) {
        EncodedFrame known = find(encoder);
        if (known != null) {
            return known;
        }
        EncodedFrame frame = encoder.encode(new ServerFrame.Deliver(message.conversation(), List.of(message)));
        forms = new Form(encoder, frame, forms);
        return frame;
    }

    private @Nullable EncodedFrame find(FrameEncoder encoder) {
        for (Form form = forms; form != null; form = form.next()) {
            if (form.encoder() == encoder) {
                return form.frame();
            }
        }
        return null;
    }

    /** An estimate of the memory that this entry holds, in bytes. */
    int weight() {
        return 256 + 2 * message.content().payload().size();
    }
}
