package dev.lockstep.store.jdbc;

import dev.lockstep.contract.RandomOperations;
import dev.lockstep.contract.RandomOperations.Operation;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is asked of it, in whatever order, a store answers as the oracle does. */
class RandomOperationsTest {

    private static TestDatabase h2;
    private static TestDatabase postgres;
    private static TestDatabase mariaDb;

    @BeforeContainer
    static void start() {
        h2 = TestDatabase.h2InMemory();
        postgres = TestDatabase.postgres();
        mariaDb = TestDatabase.mariaDb();
    }

    @AfterContainer
    static void stop() {
        h2.close();
        postgres.close();
        mariaDb.close();
    }

    @Provide
    Arbitrary<List<Operation>> sequences() {
        return RandomOperations.sequences();
    }

    @Property(tries = 60)
    void h2AnswersAsTheOracleDoes(@ForAll("sequences") List<Operation> operations) throws Exception {
        run(h2, operations);
    }

    @Property(tries = 40)
    void postgresAnswersAsTheOracleDoes(@ForAll("sequences") List<Operation> operations) throws Exception {
        run(postgres, operations);
    }

    @Property(tries = 40)
    void mariaDbAnswersAsTheOracleDoes(@ForAll("sequences") List<Operation> operations) throws Exception {
        run(mariaDb, operations);
    }

    private static void run(TestDatabase database, List<Operation> operations) throws Exception {
        String application = "/" + UUID.randomUUID();
        try (JdbcStore store =
                database.open(application, StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS))) {
            new RandomOperations(store, duration -> database.elapse(application, duration)).run(operations);
        }
    }
}
