package dev.lockstep.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes one line for each cache that went through its contracts; the build prints them. */
final class ContractReport implements TestWatcher, AfterAllCallback {

    private static final Path FOLDER = Path.of("target", "cache-contracts");
    private static final Namespace OURS = Namespace.create(ContractReport.class);

    @Override
    public void testSuccessful(ExtensionContext context) {
        counter(context.getParent().orElseThrow(), "passed").incrementAndGet();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        counter(context.getParent().orElseThrow(), "failed").incrementAndGet();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        SessionCacheContract contract = (SessionCacheContract) context.getRequiredTestInstance();
        int failed = counter(context, "failed").get();
        String line = "cache " + contract.provider().name() + ": "
                + counter(context, "passed").get() + " contracts passed"
                + (failed == 0 ? "" : ", " + failed + " FAILED") + " on " + contract.backend();
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(context.getRequiredTestClass().getName()), line + "\n", UTF_8);
    }

    private static AtomicInteger counter(ExtensionContext context, String name) {
        return context.getStore(OURS)
                .getOrComputeIfAbsent(
                        context.getRequiredTestClass() + name, key -> new AtomicInteger(), AtomicInteger.class);
    }
}
