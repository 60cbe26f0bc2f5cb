package dev.lockstep.store.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 whose names begin with {@code forced:}, which count how often they are forced to the
 * disk.
 */
public final class ForcedFiles extends FilePathWrapper {

    private static final AtomicInteger FORCED = new AtomicInteger();

    /** Held by a test so that no force ends. */
    static final ReentrantLock DISK = new ReentrantLock();

    static void register() {
        FilePath.register(new ForcedFiles());
    }

    /** How often since the last call. */
    static int forced() {
        return FORCED.getAndSet(0);
    }

    @Override
    public String getScheme() {
        return "forced";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new ForcedFile(super.open(mode));
    }

    private static final class ForcedFile extends FileBase {

        private final FileChannel file;

        ForcedFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            DISK.lock();
            try {
                file.force(metaData);
                FORCED.incrementAndGet();
            } finally {
                DISK.unlock();
            }
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return file.write(from);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            return file.write(from, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
