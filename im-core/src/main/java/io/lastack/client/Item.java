package io.lastack.client;

import io.lastack.log.Message;
import io.lastack.log.SeqRange;

/** An entry of a conversation as it is shown to the application: a message, or word that some will not come. */
sealed interface Item {
    long first();

    long last();

    record Shown(Message message) implements Item {
        @Override
        public long first() {
            return message.seq();
        }

        @Override
        public long last() {
            return message.seq();
        }
    }

    record Gone(SeqRange range, String reason) implements Item {
        @Override
        public long first() {
            return range.first();
        }

        @Override
        public long last() {
            return range.last();
        }
    }
}
