package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.config.WebConfigs;
import dev.lockstep.web.path.RequestPath;
import dev.lockstep.web.probe.BrokenServices;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

    @Test
    void permitsWhatMatchesToTheLetter() {
        AccessPolicy rules = permitting("/api/public/*", "/api/login");
        assertThat(rules.permits(path("/api/public/x"))).isTrue();
        assertThat(rules.permits(path("/api/public"))).isTrue();
        assertThat(rules.permits(path("/api/login"))).isTrue();
        assertThat(rules.permits(path("/api/login/"))).isFalse();
        assertThat(rules.permits(path("/api/login/x"))).isFalse();
        assertThat(rules.permits(path("/api/publicity"))).isFalse();
        assertThat(rules.permits(path("/api/PUBLIC/x"))).isFalse();
        assertThat(rules.permits(path("/api"))).isFalse();
    }

    @Test
    void neverPermitsADoubtfulUri() {
        AccessPolicy rules = permitting("/*");
        assertThat(rules.permits(path("/api/x", "/api/x;y"))).isFalse();
        assertThat(rules.permits(path("/api/x", "/api/%2e/x"))).isFalse();
        assertThat(rules.permits(path("/api/..", "/api/%c0%ae%c0%ae"))).isFalse();
        assertThat(rules.permits(path("/api/%2e%2e", "/api/%252e%252e"))).isFalse();
        assertThat(rules.permits(path("/api/x"))).isTrue();
    }

    @Test
    void theMoreSpecificOfPermitAndRequireDecides() {
        AccessPolicy inner = rules("/api/public/*", "/api/*=user");
        assertThat(inner.permits(path("/api/public/x"))).isTrue();
        assertThat(inner.permits(path("/api/x"))).isFalse();
        AccessPolicy outer = rules("/api/*", "/api/admin/*=admin");
        assertThat(outer.permits(path("/api/x"))).isTrue();
        assertThat(outer.permits(path("/api/admin/x"))).isFalse();
        assertThat(outer.permits(path("/api/ADMIN"))).isFalse();
        AccessPolicy exact = rules("/api/admin/login", "/api/admin/*=admin");
        assertThat(exact.permits(path("/api/admin/login"))).isTrue();
        AccessPolicy equal = rules("/api/*", "/api/*=user");
        assertThat(equal.permits(path("/api/x"))).isFalse();
    }

    @Test
    void everyRuleThatMatchesMustBeMetByOneOfItsGroups() {
        AccessPolicy rules = rules("/none", "/api/*=user,guest", "/api/admin/*=admin");
        assertThat(rules.allow(path("/api/admin/x"), Set.of("user", "admin"))).isTrue();
        assertThat(rules.allow(path("/api/admin/x"), Set.of("admin"))).isFalse();
        assertThat(rules.allow(path("/api/admin/x"), Set.of("guest"))).isFalse();
        assertThat(rules.allow(path("/api/x"), Set.of("guest"))).isTrue();
        assertThat(rules.allow(path("/api/x"), Set.of())).isFalse();
        assertThat(rules.allow(path("/x"), Set.of())).isTrue();
    }

    @Test
    void requiresLeniently() {
        AccessPolicy rules = rules("/none", "/api/admin/*=admin", "/api/audit=audit");
        for (String closed :
                List.of("/api/admin", "/api/admin/", "/api/Admin/x", "/api/audit", "/api/audit/", "/API/AUDIT")) {
            assertThat(rules.allow(path(closed), Set.of("user"))).as(closed).isFalse();
        }
        for (String open : List.of("/api/administrator", "/api/audit/x", "/api/x")) {
            assertThat(rules.allow(path(open), Set.of("user"))).as(open).isTrue();
        }
    }

    @Test
    void aDoubtfulUriMeetsTheRulesOfAllThatItMayBeTakenFor() {
        AccessPolicy rules = rules("/none", "/api/admin/*=admin", "/api/audit=audit");
        for (String raw : List.of(
                "/app/api/admin/../x",
                "/app/api/admin/..;/x",
                "/app/api/admin/%2e%2e/x",
                "/app/api/admin;/x",
                "/app/api;x/admin",
                "/app/api%2fadmin/x",
                "/app/api/x%2f..%2fadmin",
                "/app/api;%2f..%2f../admin",
                "/app/api/%252e%252e/api/admin/",
                "/app/api\\admin",
                "/app//api//audit",
                "/app/api/audit;x/y",
                "/app/api/ADMIN;x",
                "/app/api/x\0",
                "/app/api/%00/x",
                "/app/api/%c0%ae%c0%ae/x",
                "/app/api/x;" + "a".repeat(3000),
                "/app/api/%" + "25".repeat(100) + "2e")) {
            assertThat(rules.allow(path("/api/x", raw), Set.of("user"))).as(raw).isFalse();
        }
        for (String raw :
                List.of("/app/api/x;a=b", "/app/api/a%2fb", "/app//api/x", "/app/api/./x", "/app/api/auditor;/x")) {
            assertThat(rules.allow(path("/api/x", raw), Set.of("user"))).as(raw).isTrue();
        }
    }

    @Test
    void protectsLeniently() {
        AccessPolicy rules = rules(Map.of("lockstep.web.protect", "/rest/secret/*,/exact"));
        assertThat(rules.protects(path("/rest/secret"))).isTrue();
        assertThat(rules.protects(path("/rest/secret/x"))).isTrue();
        assertThat(rules.protects(path("/exact/"))).isTrue();
        assertThat(rules.protects(path("/rest/open/x", "/app/rest/secret/x/../../open/x")))
                .isTrue();
        assertThat(rules.protects(path("/rest", "/app/rest;x/secret/y"))).isTrue();
        assertThat(rules.protects(path("/rest/open/x"))).isFalse();
        assertThat(rules.protects(path("/rest/open/x", "/app/rest/open/x;jsessionid=1")))
                .isFalse();
        assertThat(rules.protects(path("/rest/open/x", "/app//rest/open/x"))).isFalse();
    }

    @Test
    void confirmsLeniently() {
        AccessPolicy rules = rules(Map.of("lockstep.web.protect", "/*", "lockstep.web.confirm", "/api/pay/*"));
        assertThat(rules.confirms(path("/api/pay"))).isTrue();
        assertThat(rules.confirms(path("/api/Pay/x"))).isTrue();
        assertThat(rules.confirms(path("/api/x", "/api/pay/../x"))).isTrue();
        assertThat(rules.confirms(path("/api/x"))).isFalse();
    }

    @Test
    void joinsServletPathAndPathInfo() {
        RequestPath path = new RequestPath("/app/api/x", "/api", "/x");
        assertThat(path.text()).isEqualTo("/api/x");
        assertThat(path.isPlain()).isTrue();
    }

    private static AccessPolicy permitting(String... patterns) {
        return rules(Map.of("lockstep.web.protect", "/*", "lockstep.web.permit", String.join(",", patterns)));
    }

    /** @param require as configured */
    private static AccessPolicy rules(String permit, String... require) {
        return rules(Map.of(
                "lockstep.web.protect",
                "/*",
                "lockstep.web.permit",
                permit,
                "lockstep.web.require",
                String.join(",", require)));
    }

    private static AccessPolicy rules(Map<String, String> properties) {
        return new AccessPolicy(new BrokenServices(), WebConfigs.of(properties));
    }

    private static RequestPath path(String path) {
        return path(path, path);
    }

    private static RequestPath path(String decoded, String raw) {
        return new RequestPath(raw, decoded, null);
    }
}
