package dev.lockstep.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** One server's way through the script. Confined to the test's thread. */
final class ServerTrial {

    /** Nothing of it is right, and all of it is to be told. */
    static final String WRONG = """
            lockstep.store.url=
            lockstep.web.protcet=/api/*
            """;

    static final String[] TOLD = {
        "LOCKSTEP-0006 lockstep.store.url", "LOCKSTEP-0002 lockstep.web.protcet", "did you mean lockstep.web.protect?"
    };

    private final String name;
    private final Server server;
    private final List<Path> libraries;
    private final Callable<ServerFolder> folder;
    private RunningServer running;
    private Steps script;

    /**
     * @param libraries that the application has there
     * @param folder where it runs
     */
    ServerTrial(String name, Server server, List<Path> libraries, Callable<ServerFolder> folder) {
        this.name = name;
        this.server = server;
        this.libraries = libraries;
        this.folder = folder;
    }

    Stream<DynamicNode> steps() {
        StepLines lines = new StepLines(name);
        List<DynamicTest> steps = new ArrayList<>();
        steps.add(lines.decisiveStep("start and deploy", this::start));
        for (String step : new Steps(null).steps().keySet()) {
            steps.add(lines.step(step, () -> script.steps().get(step).run()));
        }
        if (server.isJakartaServer()) {
            steps.add(lines.step("REST", () -> script.rest()));
        }
        steps.add(lines.decisiveStep("undeploy", () -> running.undeploy()));
        steps.add(lines.decisiveStep("deploy again", () -> running.deploy()));
        steps.add(lines.step("earlier token", () -> script.earlierToken()));
        steps.add(lines.step("wrong settings: told how to mend", this::deployWrongSettings));
        return steps.stream().map(step -> (DynamicNode) step).onClose(this::stop);
    }

    private void start() throws Exception {
        running = new RunningServer(server, libraries, folder.call());
        script = new Steps(running);
        running.deploy();
    }

    private void deployWrongSettings() throws Exception {
        running.undeploy();
        int before = running.log().length();
        running.deployInVain(WRONG, TOLD);
        assertThat(running.status()).isNotEqualTo(200);
        assertThat(running.log().substring(server.watches() ? before : 0)).doesNotContain("WELD-000136");
    }

    private void stop() {
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
