package dev.lockstep.map;

import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionToken;
import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.session.SessionSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Makes each journey, warmed up, and notes the files that run. */
final class Journeys {

    /** One alone might be taken for over too early, on a machine that stands still. */
    private static final int RUNS = 3;

    private Journeys() {}

    private interface Step {
        void run() throws Exception;
    }

    private interface Preparation {
        Step prepare() throws Exception;
    }

    /** By their names in the page. */
    static Map<String, Journey> make() throws Exception {
        Trace.install();
        Map<String, Journey> journeys = new LinkedHashMap<>();
        try (ShopNode shop = new ShopNode()) {
            warmUp(shop);
            Journey hit = hit(shop);
            journeys.put("hit", hit);
            journeys.put("miss", miss(shop).beyond(hit));
            journeys.put("revocation", revocation(shop));
            journeys.put("poll", poll(shop));
        }
        journeys.put("setting", setting());
        return journeys;
    }

    /** What runs once per deployment is no part of a journey. */
    private static void warmUp(ShopNode shop) throws Exception {
        for (int i = 0; i < RUNS; i++) {
            SessionToken token = shop.logIn();
            shop.request(token);
            shop.clearCache();
            shop.request(token);
            shop.logOut(token);
        }
    }

    private static Journey hit(ShopNode shop) throws Exception {
        SessionToken token = shop.logIn();
        shop.request(token); // proves the token, as the first request with it does
        return several(() -> () -> shop.request(token));
    }

    private static Journey miss(ShopNode shop) throws Exception {
        SessionToken token = shop.logIn();
        return several(() -> {
            shop.clearCache();
            return () -> shop.request(token);
        });
    }

    private static Journey revocation(ShopNode shop) throws Exception {
        return several(() -> {
            SessionToken token = shop.logIn();
            return () -> shop.logOut(token);
        });
    }

    /** The first one after a revocation of this node. */
    private static Journey poll(ShopNode shop) throws Exception {
        Set<String> types = null;
        while (types == null) {
            long before = Trace.inBackground();
            shop.logOut(shop.logIn());
            Trace.awaitQuiet();
            Trace.begin();
            boolean isFirst = Trace.inBackground() == before;
            await().until(() -> Trace.inBackground() > before);
            Trace.awaitQuiet();
            Set<String> seen = Trace.end();
            types = isFirst ? seen : null;
        }
        return Journey.ofTypes(types);
    }

    /** From the configuration to the record that goes to the parts. */
    private static Journey setting() {
        Config config = ShopNode.configuration(Map.of("lockstep.session.idle-timeout", "30m"));
        RevocationSettings others =
                RevocationSettings.of("a", Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(5));
        Problems problems = new Problems();
        Trace.begin();
        SessionSettings read =
                SessionSettings.read(PrefixedSettings.ofDeployment(config, problems), others, Optional.empty());
        Set<String> types = Trace.end();
        if (!problems.isEmpty() || !read.idleTimeout().equals(Duration.ofMinutes(30))) {
            throw new IllegalStateException("Read as " + read + ", " + problems.messages());
        }
        return Journey.ofTypes(types);
    }

    private static Journey several(Preparation preparation) throws Exception {
        Journey all = new Journey(Set.of());
        for (int i = 0; i < RUNS; i++) {
            all = all.and(withoutBackground(preparation));
        }
        return all;
    }

    /** Anew if the node did something by itself meanwhile. */
    private static Journey withoutBackground(Preparation preparation) throws Exception {
        while (true) {
            Step step = preparation.prepare();
            Trace.awaitQuiet();
            long before = Trace.inBackground();
            Trace.begin();
            step.run();
            Trace.awaitQuiet();
            Set<String> types = Trace.end();
            if (Trace.inBackground() == before) {
                return Journey.ofTypes(types);
            }
        }
    }
}
