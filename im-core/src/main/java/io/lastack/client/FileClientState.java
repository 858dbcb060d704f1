package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a client's state in one file: a journal of what happened, which is written anew, as small as it can be, when it
 * is opened and whenever it has grown to a multiple of that.
 *
 * <p>What was kept survives the end of the process at any moment: a record cut short at the end of the file is dropped.
 * Nothing is forced to disk, so that the loss of power may cost the last moments: repeats, or messages not sent.
 *
 * <p>One client at a time may use a file; a second one is refused. Safe for use by several threads.
 */
public final class FileClientState implements ClientState, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileClientState.class);

    /** Below this size, in bytes, writing anew is not worth it. */
    private static final long SMALL = 256 << 10;

    private static final int GROWTH = 4;

    private final MemoryClientState content = new MemoryClientState();
    private final StateJournal journal;
    private long writeAnewAt;

    private FileClientState(StateJournal journal) {
        this.journal = journal;
    }

    /**
     * Opens the file, or creates it; its directory must exist.
     *
     * @throws UncheckedIOException if it cannot be read or written, is in use, or is not the state of a client
     */
    public static FileClientState open(Path file) {
        try {
            FileClientState state = new FileClientState(StateJournal.lock(file));
            try {
                state.journal.replay(record -> StateRecords.apply(record, state.content));
                state.writeAnew();
            } catch (IOException | RuntimeException e) {
                state.journal.close();
                throw e;
            }
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the client's state " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized Saved load() {
        return content.load();
    }

    @Override
    public synchronized void epoch(String epoch) {
        keep(StateRecords.epoch(epoch), () -> content.epoch(epoch));
    }

    @Override
    public synchronized void floors(Map<ConversationId, Long> moved) {
        keep(StateRecords.floors(moved), () -> content.floors(moved));
    }

    @Override
    public synchronized void queued(OutboxEntry entry) {
        keep(StateRecords.queued(entry), () -> content.queued(entry));
    }

    @Override
    public synchronized void settled(ClientMessageId id) {
        keep(StateRecords.settled(id), () -> content.settled(id));
    }

    /** Gives the file free; nothing can be kept from here on. */
    @Override
    public synchronized void close() {
        try {
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(byte[] record, Runnable change) {
        try {
            journal.append(record);
        } catch (IOException e) {
            throw new UncheckedIOException("the client's state is not kept: " + e.getMessage(), e);
        }
        change.run();
        writeAnewIfGrown();
    }

    /** A failure is no harm: the journal holds all that it would. */
    private void writeAnewIfGrown() {
        try {
            if (journal.size() >= writeAnewAt) {
                writeAnew();
            }
        } catch (IOException e) {
            log.warn("the client's state could not be written anew: {}", e.toString());
        }
    }

    private void writeAnew() throws IOException {
        journal.rewrite(StateRecords.all(content.load()));
        writeAnewAt = Math.max(SMALL, GROWTH * journal.size());
    }
}
