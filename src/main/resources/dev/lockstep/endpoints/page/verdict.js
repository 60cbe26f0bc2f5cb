/* The console's answer to its question: is logout slow, which node does it wait for, and for how long still. */
(function () {
  "use strict";

  const SLOW = 500;
  const RECENT = 60000;
  const make = Lockstep.element;

  function verdict(text) {
    const said = make("div", { role: "status" }, []);
    const countdown = make("p", { role: "timer", hidden: true }, []);
    const element = make("div", { class: "lockstep-verdict" }, [said, countdown]);
    let over = 0;

    /**
     * @param silent the nodes for which logouts have been waiting for a while; a moment's wait is usual
     * @param troubled whether anything else is wrong
     */
    function show(revocations, silent, troubled) {
      const took = revocations.tookMillis;
      const awaited = longest(silent);
      const waited = revocations.waitedOut;
      over = awaited ? Date.now() + awaited.leftMillis : 0;
      if (awaited) {
        say([text("verdictAwaited", { node: awaited.node }), text("verdictAwaitedNote", { node: awaited.node })], "bad");
      } else if (waited && ofTheLast(waited, revocations)) {
        const values = { node: waited.node, seconds: Lockstep.seconds(text, waited.tookMillis) };
        say([waited.fenced ? text("verdictFenced", values) : text("verdictWaitedOut", values),
          text("verdictWaitedOutNote", { node: waited.node })], "bad");
      } else if (took === undefined) {
        say([text("verdictNone")], troubled ? "warning" : "good");
      } else {
        const slow = took >= SLOW;
        say([text(slow ? "verdictSlow" : "verdictQuick", { millis: Lockstep.number(text, took) })], slow ? "bad" : troubled ? "warning" : "good");
      }
      tick();
    }

    /** The one that takes longest still. */
    function longest(silent) {
      return silent.slice().sort((one, other) => other.leftMillis - one.leftMillis)[0];
    }

    /** Whether the last logout is one of those that had to wait, and that was not long ago. */
    function ofTheLast(waited, revocations) {
      const began = revocations.tookMillis === undefined ? RECENT : revocations.tookSinceMillis + revocations.tookMillis;
      return waited.sinceMillis < RECENT && began >= waited.sinceMillis;
    }

    /** Said once, not with every look: a screen reader would read it each time. */
    function say(lines, state) {
      element.setAttribute("class", "lockstep-verdict lockstep-" + state);
      if (said.getAttribute("data-said") !== lines.join("\n")) {
        said.setAttribute("data-said", lines.join("\n"));
        Lockstep.replace(said, [make("p", {}, [make("strong", {}, [lines[0]])])].concat(lines.slice(1).map(line => make("p", {}, [line]))));
      }
    }

    function tick() {
      countdown.hidden = over === 0;
      countdown.textContent = over === 0 ? ""
        : text("verdictCountdown", { seconds: Lockstep.seconds(text, Math.max(0, over - Date.now())) });
    }

    function fail(error) {
      over = 0;
      tick();
      say([Lockstep.failure(text, error)], "bad");
    }

    return { element: element, show: show, fail: fail, tick: tick };
  }

  Lockstep.verdict = verdict;
})();
