package io.lastack.client;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of records, beside a lock file that keeps others away. The layout: eight bytes that say what it is, then for each
 * record its length (4 bytes, big-endian), its CRC-32C (4 bytes) and its bytes. Not thread-safe.
 */
final class StateJournal implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(StateJournal.class);
    private static final byte[] MAGIC = {'L', 'A', 'C', 'K', 'C', 'S', '1', '\n'};
    private static final int HEADER = 8;

    private final Path file;
    private final FileChannel lock;
    private @Nullable FileChannel channel;

    private StateJournal(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /** {@link #replay} and {@link #rewrite} have to follow, in this order. */
    static StateJournal lock(Path file) throws IOException {
        FileChannel lock = FileChannel.open(beside(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("another process uses it");
            }
            return new StateJournal(file, lock);
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException("another client of this process uses it", e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** Hands over every whole record; what follows the first that is not whole is dropped. */
    void replay(Reader reader) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException("it is not the state of a client");
            }
            for (byte[] record = next(in); record != null; record = next(in)) {
                reader.read(record);
            }
        }
    }

    private byte @Nullable [] next(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            int sum = in.readInt();
            byte[] record = length < 0 ? new byte[0] : in.readNBytes(length);
            if (record.length == length && checksum(record) == sum) {
                return record;
            }
        } catch (EOFException e) {
            // Cut short within the header; the end of a file that ends well is found here too.
            return null;
        }
        log.warn("the client's state {} ends with a damaged record, which is dropped with all that follows", file);
        return null;
    }

    /** Replaces all records by these, in one step. */
    void rewrite(List<byte[]> records) throws IOException {
        Path fresh = beside(file, ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(out, ByteBuffer.wrap(MAGIC));
            for (byte[] record : records) {
                write(out, framed(record));
            }
        }
        closeChannel();
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }
    }

    /** All of the record, or (with an exception) nothing of it. */
    void append(byte[] record) throws IOException {
        FileChannel out = channel;
        if (out == null) {
            throw new IOException("the client's state " + file + " is closed");
        }
        long before = out.size();
        try {
            write(out, framed(record));
        } catch (IOException e) {
            out.truncate(before);
            throw e;
        }
    }

    long size() throws IOException {
        return channel == null ? 0 : channel.size();
    }

    @Override
    public void close() throws IOException {
        closeChannel();
        lock.close();
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static ByteBuffer framed(byte[] record) {
        return ByteBuffer.allocate(HEADER + record.length)
                .putInt(record.length)
                .putInt(checksum(record))
                .put(record)
                .flip();
    }

    private static int checksum(byte[] record) {
        CRC32C sum = new CRC32C();
        sum.update(record);
        return (int) sum.getValue();
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Takes records as they are read. */
    interface Reader {
        void read(byte[] record) throws IOException;
    }
}
