package dev.lockstep.chaos;

import dev.lockstep.chaos.history.Findings;
import dev.lockstep.chaos.history.History;
import dev.lockstep.chaos.history.Planter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fault test. Exits with 0 only if the history is clean and says something; its last line is
 * the summary. docs/internals/chaos.md tells how to read it.
 */
public final class Chaos {

    private Chaos() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.read();
        System.out.println("chaos: seed " + options.seed() + ", " + options.nodes() + " nodes, store "
                + options.store() + ", cache " + options.cache() + ", "
                + options.length().toSeconds() + " s"
                + (options.brokenRule().isEmpty() ? "" : ", broken: " + options.brokenRule()));
        System.exit(run(options, System.out) ? 0 : 1);
    }

    private static boolean run(Options options, PrintStream out)
            throws IOException, SQLException, InterruptedException {
        Requirements required = Requirements.of(options.length());
        try (Run run = new Run(options, out)) {
            run.begin();
            if (!run.untilFaultsAreOver(required.faultsOfEachKind())) {
                run.calmDown();
            }
            return report(options, run, required, out);
        }
    }

    private static boolean report(Options options, Run run, Requirements required, PrintStream out)
            throws IOException, InterruptedException {
        History.Record history = run.history();
        Findings findings = run.findings();
        List<String> problems = problems(findings);
        if (findings.areClean()) {
            problems.addAll(required.unmet(findings, run.injector()));
            problems.addAll(unfound(history, run));
        }
        out.println("faults: " + findings.faults());
        out.println("validations within 50 ms after the revocation: " + findings.prompt());
        out.println("forged tokens: " + findings.forgeries().attempts());
        out.println("refused by the nodes that run: " + run.refusals());
        out.println("failures answered: " + run.calls().failures());
        problems.stream().limit(50).forEach(out::println);
        if (!problems.isEmpty()) {
            Path file = options.directory().resolve("history-" + options.seed() + ".txt");
            history.write(file);
            out.println(problems.size() + " problems; the history is in " + file + "; again with -Dchaos.seed="
                    + options.seed());
        }
        out.println(findings.lastLine());
        return problems.isEmpty();
    }

    static List<String> problems(Findings findings) {
        List<String> problems = new ArrayList<>();
        findings.staleAccepts().forEach(stale -> problems.add("STALE ACCEPT " + stale));
        findings.mistaken().forEach(mistaken -> problems.add("ANOTHER'S SESSION " + mistaken));
        findings.forgeries().logins().forEach(login -> problems.add("LOGIN BY FORGERY " + login));
        findings.forgeries().readings().forEach(reading -> problems.add("FORGED TOKENS READ THE STORE " + reading));
        findings.breaches().forEach(breach -> problems.add("BROKEN CONTRACT " + breach));
        findings.falseRefusals().forEach(refusal -> problems.add("FALSE REFUSAL " + refusal));
        findings.slow().forEach(slow -> problems.add("SLOW REVOKE " + slow));
        findings.unexplained().forEach(answer -> problems.add("UNAVAILABLE WITHOUT A FAULT " + answer));
        return problems;
    }

    private static List<String> unfound(History.Record history, Run run) {
        Planter planter = new Planter(history, run.allowances());
        List<String> unfound = new ArrayList<>();
        if (!planter.staleAcceptsAreFound()) {
            unfound.add("VACUOUS: the checker does not find all stale accepts that were planted");
        }
        if (!planter.forgeriesAreFound()) {
            unfound.add("VACUOUS: the checker does not find all logins by forgery that were planted");
        }
        if (!planter.falseRefusalsAreFound()) {
            unfound.add("VACUOUS: the checker does not find all false refusals that were planted");
        }
        return unfound;
    }
}
