package dev.lockstep.store.jdbc;

import dev.lockstep.spi.NodeListener;
import dev.lockstep.store.jdbc.connection.Failures;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/**
 * A store that is being opened on a thread of its own, beside what else a deployment begins with:
 * its tables first, then its statements are tried, which takes longest.
 *
 * <p>Begun, asked and closed by one thread.
 */
public final class OpeningStore implements AutoCloseable {

    private final FutureTask<JdbcStore> making;
    private final FutureTask<JdbcStore> rehearsal;

    private OpeningStore(FutureTask<JdbcStore> making, FutureTask<JdbcStore> rehearsal) {
        this.making = making;
        this.rehearsal = rehearsal;
    }

    /**
     * Begins what {@link JdbcStore#open(StoreDataSource, String, StoreSettings, ThreadFactory,
     * NodeListener)} does.
     */
    public static OpeningStore begin(
            StoreDataSource source,
            String application,
            StoreSettings settings,
            ThreadFactory threads,
            NodeListener listener) {
        StoreStartup startup =
                new StoreStartup(source.dataSource(), source.name(), application, settings, threads, listener);
        FutureTask<JdbcStore> making = new FutureTask<>(startup::made);
        FutureTask<JdbcStore> rehearsal = new FutureTask<>(() -> startup.rehearsed(making.get()));
        threads.newThread(() -> {
                    making.run();
                    rehearsal.run();
                })
                .start();
        return new OpeningStore(making, rehearsal);
    }

    /**
     * Waits for the store, whose tables are as they must be. Nothing is to be asked of it before
     * {@link #awaitRehearsal} has returned.
     *
     * @throws dev.lockstep.LockstepException as opening it does
     */
    public JdbcStore made() {
        return result(making);
    }

    /**
     * Waits until each statement has been tried.
     *
     * @throws dev.lockstep.LockstepException as opening it does
     */
    public void awaitRehearsal() {
        made();
        result(rehearsal);
    }

    /** Closes the store, after the part of the opening that is under way. */
    @Override
    public void close() {
        try {
            making.get().close();
        } catch (ExecutionException e) {
            // whoever waited for it was told, and there is nothing to be closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JdbcStore result(Future<JdbcStore> awaited) {
        try {
            return awaited.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
