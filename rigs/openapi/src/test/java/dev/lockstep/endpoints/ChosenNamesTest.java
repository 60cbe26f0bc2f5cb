package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What users are called may turn the letters around it; on a page it does so nowhere else. */
class ChosenNamesTest {

    /** With what ends an isolation, and then turns the rest of the line. */
    private static final String HOSTILE = "\u05d3\u05df\u2069\u202egnp";

    private static final String HARMLESS = "\u2068\u05d3\u05df\ufffd\ufffdgnp\u2069";

    @Test
    void aNameIsKeptApartFromWhatStandsAroundIt() throws Exception {
        try (EndpointsSite site =
                new EndpointsSite(EndpointsSite.with("lockstep.web.cookie", ConsoleReader.COOKIE)).start()) {
            site.open(HOSTILE, "user");
            try (ConsoleReader console = new ConsoleReader(site, "en")) {
                console.types("lockstep-principal", HOSTILE).clicks("button[type=submit]");
                console.sees("tbody bdi", HOSTILE)
                        .clicks("tbody button")
                        .sees("dialog", "End this session? (" + HARMLESS + ")");
                assertThat(console.attribute("tbody button", "aria-label")).isEqualTo("End: " + HARMLESS);
                assertThat(console.text(".lockstep-search ~ div .lockstep-danger"))
                        .isEqualTo("End all of " + HARMLESS);
            }
        }
    }
}
