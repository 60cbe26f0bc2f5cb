package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job on Weld SE, whatever the cache. */
class MainJobTest {

    @AutoClose
    private SeApplication application;

    private SessionManager sessions;

    @ParameterizedTest
    @ValueSource(strings = {"none", "memory"})
    void anOpenedSessionIsFound(String cache) {
        start(cache);

        IssuedToken issued = sessions.open("alice", Set.of("user", "admin"), Map.of("device", "phone"));

        assertThat(sessions.find(issued.token())).contains(issued.session());
        assertThat(sessions.findConfirmed(issued.token())).contains(issued.session());
        assertThat(issued.session().principal()).isEqualTo("alice");
        assertThat(issued.session().groups()).containsExactlyInAnyOrder("user", "admin");
        assertThat(issued.session().attributes()).containsEntry("device", "phone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "memory"})
    void aRevokedSessionIsNotFound(String cache) {
        start(cache);
        SessionToken token = sessions.open("alice", Set.of()).token();
        assertThat(sessions.find(token)).isPresent();

        sessions.revoke(token);

        assertThat(sessions.find(token)).isEmpty();
        assertThat(sessions.findConfirmed(token)).isEmpty();
        sessions.revoke(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "memory"})
    void aRotatedSessionIsFoundByItsNewTokenOnly(String cache) {
        start(cache);
        IssuedToken first = sessions.open("alice", Set.of("user"));

        IssuedToken second = sessions.rotate(first.token()).orElseThrow();

        assertThat(sessions.find(first.token())).isEmpty();
        assertThat(sessions.find(second.token()))
                .map(Session::id)
                .contains(first.session().id());
        assertThat(sessions.rotate(first.token())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "memory"})
    void sessionsAreListedAndEndedByPrincipal(String cache) {
        start(cache);
        IssuedToken one = sessions.open("alice", Set.of());
        IssuedToken two = sessions.open("alice", Set.of());
        IssuedToken three = sessions.open("alice", Set.of());
        IssuedToken bobs = sessions.open("bob", Set.of());
        assertThat(sessions.list("alice")).extracting(Session::id).containsExactlyInAnyOrder(ids(one, two, three));

        sessions.revokeById(one.session().id());
        assertThat(sessions.find(one.token())).isEmpty();

        sessions.revokeOthers(two.session());
        assertThat(sessions.list("alice")).extracting(Session::id).containsExactly(ids(two));

        sessions.revokeAll("alice");
        assertThat(sessions.list("alice")).isEmpty();
        assertThat(List.of(one, two, three))
                .allSatisfy(gone -> assertThat(sessions.find(gone.token())).isEmpty());
        assertThat(sessions.find(bobs.token())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "memory"})
    void aTokenThatIsNotOursIsUnknown(String cache) {
        start(cache);

        assertThat(sessions.find(SessionToken.of("nonsense"))).isEmpty();
        assertThat(sessions.find(SessionToken.of("A".repeat(43)))).isEmpty();
        sessions.revoke(SessionToken.of("A".repeat(43)));
        sessions.revoke(SessionToken.of(""));
    }

    private void start(String cache) {
        application = SeApplication.start(Map.of("lockstep.cache", cache));
        sessions = application.get(SessionManager.class);
    }

    private static String[] ids(IssuedToken... tokens) {
        return List.of(tokens).stream().map(issued -> issued.session().id()).toArray(String[]::new);
    }
}
