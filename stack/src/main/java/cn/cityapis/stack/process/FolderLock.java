package cn.cityapis.stack.process;

import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One stack for one data folder; the system gives the lock back even if the launcher is killed. */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StackException if a stack runs on the folder */
    public static FolderLock take(DataFolder data) {
        return tryTake(data.lock()).orElseThrow(() -> taken(data));
    }

    /** @return nothing if another process holds it */
    public static Optional<FolderLock> tryTake(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return Optional.of(new FolderLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new StackException("cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static StackException taken(DataFolder data) {
        String where = Ledger.read(data.running()).map(ledger -> " at " + ledger.url()).orElse("");
        return new StackException("a stack runs already" + where + " on the data folder " + data.root()
                + "; ./run stop ends it, --data DIR starts another beside it");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("cannot unlock the data folder: " + e.getMessage(), e);
        }
    }
}
