package dev.lockstep.demo.launcher;

/**
 * The main job, step by step: each method is one step and throws {@link DemoFailed} if it does not
 * go as told.
 */
final class WalkThrough {

    private final Client a;
    private final Client b;
    private final Transcript transcript;

    WalkThrough(Client a, Client b, Transcript transcript) {
        this.a = a;
        this.b = b;
        this.transcript = transcript;
    }

    void run() throws InterruptedException {
        nobodyWithoutToken();
        Token alice = logInOnOneUseOnTheOther();
        Token second = listBothSessions(alice);
        second = rotate(second);
        revokeOne(alice, second);
        logOut(alice);
        logOutElsewhere();
        logOutEverywhere();
        administrate();
    }

    private void nobodyWithoutToken() throws InterruptedException {
        transcript.step("Nobody gets in without a token, and none is given for a wrong password");
        a.get("/api/me", null).mustBe(401);
        b.get("/api/me", new Token("made up", "made-up")).mustBe(401);
        a.logIn("alice", "wrong").mustBe(401);
    }

    private Token logInOnOneUseOnTheOther() throws InterruptedException {
        transcript.step("Alice logs in on A; B knows her at once");
        Token alice = a.logIn("alice");
        mustBeAlice(a, alice);
        mustBeAlice(b, alice);
        return alice;
    }

    private Token listBothSessions(Token alice) throws InterruptedException {
        transcript.step("Alice logs in again, on B, and sees both of her sessions");
        Token second = b.logIn("alice");
        a.get("/api/sessions", alice).mustBe(200).mustHoldSessions(2);
        return second;
    }

    private Token rotate(Token old) throws InterruptedException {
        transcript.step("She rotates the token of her second session: the old one is refused, the new one accepted");
        Token fresh = b.rotate(old);
        a.get("/api/me", old).mustBe(401);
        mustBeAlice(a, fresh);
        return fresh;
    }

    private void revokeOne(Token alice, Token second) throws InterruptedException {
        transcript.step("From her first session she ends the second; a session that is not hers she can't end");
        String id = b.get("/api/me", second).mustBe(200).text("sessionId");
        a.delete("/api/sessions/" + id, alice).mustBe(204);
        b.get("/api/me", second).mustBe(401);
        a.delete("/api/sessions/" + id, alice).mustBe(404);
    }

    private void logOut(Token alice) throws InterruptedException {
        transcript.step("She uses B, logs out on A, and B refuses her token");
        mustBeAlice(b, alice);
        Answer logout = a.post("/api/logout", alice).mustBe(204);
        Answer refusal = b.get("/api/me", alice).mustBe(401);
        transcript.say("    The logout took %d ms; B's refusal came %d ms after it."
                .formatted(logout.took().toMillis(), refusal.took().toMillis()));
    }

    private void logOutElsewhere() throws InterruptedException {
        transcript.step("Alice logs in twice more and ends all her sessions but the current one");
        Token here = a.logIn("alice");
        Token elsewhere = b.logIn("alice");
        a.post("/api/logout-others", here).mustBe(204);
        b.get("/api/me", elsewhere).mustBe(401);
        mustBeAlice(b, here);
    }

    private void logOutEverywhere() throws InterruptedException {
        transcript.step("Bob logs in on both nodes, then out everywhere");
        Token one = a.logIn("bob");
        Token other = b.logIn("bob");
        a.post("/api/logout-all", one).mustBe(204);
        b.get("/api/me", one).mustBe(401);
        b.get("/api/me", other).mustBe(401);
    }

    private void administrate() throws InterruptedException {
        transcript.step("Only an administrator sees and ends the sessions of others");
        Token bob = a.logIn("bob");
        Token root = b.logIn("root");
        a.get("/api/admin/sessions?principal=alice", bob).mustBe(403);
        b.get("/api/admin/sessions?principal=bob", root).mustBe(200).mustHoldSessions(1);
        b.delete("/api/admin/sessions?principal=bob", root).mustBe(204);
        a.get("/api/me", bob).mustBe(401);
    }

    private static void mustBeAlice(Client node, Token token) throws InterruptedException {
        node.get("/api/me", token).mustBe(200).mustHold("\"principal\":\"alice\"");
    }
}
