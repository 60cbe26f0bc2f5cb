/* The console's list of what is wrong on the node that answers, and with others as the store lists them; nothing where all is well. */
(function () {
  "use strict";

  const RECENT = 60000;
  const HOUR = 3600000;
  const STANDSTILL = 5000;
  const SILENCE = 1000;
  const MISSES = 3;
  const make = Lockstep.element;

  function troubles(text) {
    const list = make("ul", { "aria-live": "polite" }, []);
    const element = make("section", { class: "lockstep-troubles", hidden: true }, [make("h2", {}, [text("troublesTitle")]), list]);
    const begun = new Map();

    /** Gives how many there are. */
    function show(status, nodes) {
      const found = [].concat(store(status), caches(status), channel(status), logouts(status), others(status.node, nodes))
        .filter(each => each);
      const said = found.map(each => each.what).join("\n");
      element.hidden = found.length === 0;
      if (list.getAttribute("data-said") !== said) {
        list.setAttribute("data-said", said);
        Lockstep.replace(list, found.map(item));
      }
      return found.length;
    }

    function item(each) {
      return make("li", {}, [make("strong", {}, [each.what]), " ", each.means, " ", make("code", {}, [each.number])]);
    }

    /** @param number of the message that the node logs about it; docs/reference/messages.md says what to do */
    function trouble(what, means, number) {
      return { what: what, means: means, number: number };
    }

    /** A call may fail by itself, for one as its queue is full, while the store answers others. */
    function isSilent(state) {
      return isLater(state.failedSinceMillis, state.answeredSinceMillis)
        && (state.answeredSinceMillis === undefined || state.answeredSinceMillis >= SILENCE);
    }

    function store(status) {
      const queued = Object.keys(status.queues).reduce((sum, name) => sum + status.queues[name], 0);
      const away = isSilent(status.store)
        || isLater(status.log.failedSinceMillis, status.log.polledSinceMillis);
      return [
        away && trouble(text("storeAway"), text("storeAwayMeans"), "LOCKSTEP-0202"),
        !status.lease.held && trouble(text("noLease", { node: status.node }), text("noLeaseMeans"), "LOCKSTEP-0601"),
        isRecent(status.store.refusedSinceMillis) && trouble(text("queueFull"), text("queueFullMeans"), "LOCKSTEP-0608"),
        isRecent(status.store.timedOutSinceMillis) && trouble(text("timedOut"), text("timedOutMeans"), "LOCKSTEP-0609"),
        lasts(status.node + " queue", queued > 0) && trouble(text("queued"), text("queuedMeans"), "LOCKSTEP-0609")
      ];
    }

    function caches(status) {
      return Object.keys(status.cache.breakers).map(name => ({
        "open": trouble(text("breakerOpen", { cache: name }), text("breakerOpenMeans"), "LOCKSTEP-0301"),
        "read-only": trouble(text("breakerReadOnly", { cache: name }), text("breakerReadOnlyMeans"), "LOCKSTEP-0327")
      })[status.cache.breakers[name]]);
    }

    function channel(status) {
      const deaf = lasts(status.node + " channel", status.channel.up === false);
      const number = status.channel.name === "redis" ? "LOCKSTEP-0334" : "LOCKSTEP-0140, LOCKSTEP-0141";
      return [
        status.channel.missing >= MISSES && trouble(text("channelAway"), text("channelAwayMeans"), "LOCKSTEP-0606"),
        deaf && trouble(text("channelDown", { node: status.node, channel: status.channel.name }), text("channelDownMeans"), number)
      ];
    }

    function logouts(status) {
      const canary = status.canary;
      const waited = status.revocations.waitedOut;
      const accepted = canary.failedSinceMillis !== undefined
        && (canary.failedSinceMillis < HOUR || isLater(canary.failedSinceMillis, canary.provedSinceMillis));
      return [
        accepted && trouble(text("canaryAccepted", { node: canary.failedOn }), text("canaryAcceptedMeans"), "LOCKSTEP-0225"),
        isRecent(status.revocations.failedSinceMillis) && trouble(text("unconfirmed"), text("unconfirmedMeans"), "LOCKSTEP-0604"),
        waited && isRecent(waited.sinceMillis)
          && trouble(text("waitedOut", { node: waited.node, seconds: Lockstep.seconds(text, waited.tookMillis) }), text("waitedOutMeans"), "LOCKSTEP-0204")
      ];
    }

    function others(answering, nodes) {
      return nodes.map(node => node.fenced
        ? trouble(text("isFenced", { node: node.name }), text("isFencedMeans"), "LOCKSTEP-0605")
        : lasts(node.name + " at " + node.applied, node.behind > 0)
          && trouble(text("standsStill", { node: node.name }), text("standsStillMeans"), "LOCKSTEP-0202"));
    }

    function isRecent(age) {
      return age !== undefined && age < RECENT;
    }

    /** Whether one thing has happened, and the other, if at all, before it. */
    function isLater(age, other) {
      return age !== undefined && (other === undefined || age < other);
    }

    /** What is usual for a moment is wrong if it stays. Forgets what is not asked for again. */
    function lasts(what, now) {
      begun.forEach((each, key) => Date.now() - each.seen > STANDSTILL * 2 && begun.delete(key));
      if (!now) {
        begun.delete(what);
        return false;
      }
      const before = begun.get(what);
      const lasting = { since: before ? before.since : Date.now(), seen: Date.now() };
      begun.set(what, lasting);
      return lasting.seen - lasting.since > STANDSTILL;
    }

    return { element: element, show: show };
  }

  Lockstep.troubles = troubles;
})();
