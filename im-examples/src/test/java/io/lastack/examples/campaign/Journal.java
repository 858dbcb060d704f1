package io.lastack.examples.campaign;

import io.lastack.log.ConversationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a device writes down of all that it did and saw, over all its lives. A record is given to the system in one write
 * before the device goes on, so that a kill costs at most the record being written.
 */
final class Journal {
    /** Ends a record: without it, the kill came between. */
    static final String END = " .";

    private final FileChannel file;

    private Journal(FileChannel file) {
        this.file = file;
    }

    static Journal open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (file.size() > 0) {
            file.write(ByteBuffer.wrap(new byte[] {'\n'})); // Behind what may be half a record.
        }
        return new Journal(file);
    }

    void write(Word word, Object... arguments) {
        StringBuilder line = new StringBuilder();
        line.append(System.currentTimeMillis()).append(' ').append(word);
        for (Object argument : arguments) {
            line.append(' ').append(argument);
        }
        ByteBuffer bytes =
                ByteBuffer.wrap(line.append(END).append('\n').toString().getBytes(StandardCharsets.UTF_8));
        synchronized (this) {
            try {
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What a record is about; what follows it in brackets. */
    enum Word {
        /** A life begins. */
        START,
        /** What the device's own state says at the start of a life (conversation, seq). */
        FLOOR,
        /** The server has said welcome. */
        ONLINE,
        /** There is no link, and the next attempt comes by itself (code, reason). */
        WAITING,
        /** There is no link, and no attempt will come (code, reason), which should not be. */
        STOPPED,
        /** A message is about to be sent (id, target). */
        SEND,
        /** It is confirmed (id, conversation, seq). */
        SENT,
        /** It is refused (id, code). */
        REFUSED,
        /** The application is shown a message (conversation, seq, sender, id). */
        SHOWN,
        /** The application is told that messages will not come (conversation, first, last). */
        SKIPPED,
        /** A read position is confirmed (conversation, seq). */
        READ,
        /** A change of members is confirmed (conversation, seq). */
        CHANGED,
        /** The server claims that its data is another. */
        EPOCH,
        /** Nothing is left to send. */
        QUIET
    }

    /**
     * A record.
     *
     * @param at milliseconds since the epoch
     */
    record Entry(long at, Word word, List<String> arguments) {
        Entry {
            arguments = List.copyOf(arguments);
        }

        static Entry parse(String line) {
            List<String> parts =
                    List.of(line.substring(0, line.length() - END.length()).split(" ", -1));
            return new Entry(Long.parseLong(parts.get(0)), Word.valueOf(parts.get(1)), parts.subList(2, parts.size()));
        }

        String text(int argument) {
            return arguments.get(argument);
        }

        long number(int argument) {
            return Long.parseLong(arguments.get(argument));
        }

        ConversationId conversation(int argument) {
            return ConversationId.parse(arguments.get(argument));
        }
    }
}
