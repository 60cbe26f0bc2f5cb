package dev.lockstep.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.GuardedProcess;
import dev.lockstep.process.Program;
import dev.lockstep.runtimes.app.SeProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** Java SE's way through those steps that need no HTTP. Confined to the test's thread. */
final class SeTrial {

    private static final String SETTINGS = """
            lockstep.application=shop
            lockstep.store.url=jdbc:postgresql://db/sessions
            lockstep.store.user=shop_sessions
            lockstep.store.password=…
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration ENDING = Duration.ofSeconds(30);

    private final StepLines lines;
    private final List<Path> libraries;
    private final Callable<ServerFolder> made;
    private ServerFolder folder;
    private GuardedProcess program;
    private String token = "";
    private String other = "";

    /**
     * @param libraries CDI's implementation among them
     * @param folder where it runs
     */
    SeTrial(String name, List<Path> libraries, Callable<ServerFolder> folder) {
        this.lines = new StepLines(name);
        this.libraries = libraries;
        this.made = folder;
    }

    Stream<DynamicNode> steps() {
        return Stream.<DynamicNode>of(
                        lines.decisiveStep("start", this::firstStart),
                        lines.step("login", this::login),
                        lines.step("me", () -> assertThat(ask("find", token)).isEqualTo("alice")),
                        lines.step("unknown token", () -> assertRefused("nobody" + "x".repeat(40))),
                        lines.step("rotate", this::rotate),
                        lines.step(
                                "list", () -> assertThat(ask("list", "alice")).isEqualTo("2")),
                        lines.step(
                                "revoke", () -> assertThat(ask("revoke", other)).isEqualTo("revoked")),
                        lines.step("refused after it", () -> assertRefused(other)),
                        lines.decisiveStep("end", this::end),
                        lines.decisiveStep("start again", () -> start(SETTINGS)),
                        lines.step(
                                "earlier token",
                                () -> assertThat(ask("find", token)).isEqualTo("alice")),
                        lines.step("wrong settings: told how to mend", this::startWithWrongSettings))
                .onClose(this::kill);
    }

    private void firstStart() throws Exception {
        folder = made.call();
        start(SETTINGS);
    }

    private void start(String settings) throws IOException {
        configure(settings);
        program = GuardedProcess.startTalking(command());
    }

    private void configure(String settings) throws IOException {
        folder.write("classes/META-INF/microprofile-config.properties", settings);
    }

    private List<String> command() {
        List<Path> path = new ArrayList<>(List.of(
                folder.folder().resolve("classes"),
                Path.of(SeProgram.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())));
        path.addAll(libraries);
        return List.of(
                folder.java().resolve("bin/java").toString(),
                "-cp",
                path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                SeProgram.class.getName());
    }

    private void login() throws IOException {
        token = ask("open", "alice");
        other = ask("open", "alice");
    }

    private void rotate() throws IOException {
        String before = token;
        token = ask("rotate", before);
        assertRefused(before);
        assertThat(ask("find", token)).isEqualTo("alice");
    }

    private void assertRefused(String refused) throws IOException {
        assertThat(ask("find", refused)).isEqualTo("nobody");
    }

    private String ask(String verb, String argument) throws IOException {
        program.println(verb + " " + argument);
        return program.readLine();
    }

    private void end() {
        program.close();
    }

    private void startWithWrongSettings() throws Exception {
        end();
        configure(SETTINGS + ServerTrial.WRONG);
        Program.Ended ended = Program.run(PATIENCE, command());
        assertThat(ended.status()).isNotZero();
        assertThat(ended.output()).contains(ServerTrial.TOLD);
    }

    private void kill() {
        if (program != null) {
            program.end("TERM", ENDING);
        }
    }
}
