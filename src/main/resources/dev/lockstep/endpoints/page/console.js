/*
 * The console: how logouts are doing, on which node and why; what is wrong; and everybody's sessions.
 *
 *   Lockstep.console(element)                      with the browser's cookie
 *   Lockstep.console(element, { token: token })    with a token that the application has
 *
 * It asks every two seconds while the page is seen, and sooner while a logout is waiting. Rates are those of the node that answers: behind a load balancer it may be another one
 * each time, and each has a chart of its own.
 */
(function () {
  "use strict";

  const PERIOD = 2000;
  const SOON = 500;
  const SILENT = 500;
  const POINTS = 60;
  const make = Lockstep.element;

  function consolePage(host, options) {
    const settings = options || {};
    return Lockstep.load(host).then(text => new View(host, Lockstep.client(settings.token), text).begin());
  }

  function View(host, client, text) {
    const verdict = Lockstep.verdict(text);
    const troubles = Lockstep.troubles(text);
    const tiles = make("dl", { class: "lockstep-tiles" }, []);
    const chart = Lockstep.chart(text);
    const nodes = Lockstep.nodes(text);
    const histories = new Map();
    let known = [];
    let soon = null;

    host.classList.add("lockstep");
    Lockstep.replace(host, [
      verdict.element, troubles.element, tiles,
      section("revocationsTitle", [chart.element]),
      section("nodesTitle", [nodes.element]),
      section("searchTitle", [Lockstep.search(host, client, text)])
    ]);

    function section(title, children) {
      return make("section", {}, [make("h2", {}, [text(title)])].concat(children));
    }

    function begin() {
      return refresh().then(() => {
        setInterval(() => document.hidden || refresh(), PERIOD);
        setInterval(() => {
          nodes.tick();
          verdict.tick();
        }, 200);
      });
    }

    function refresh() {
      return client.get("admin/status").then(status => listed().then(list => show(status, list))).catch(verdict.fail);
    }

    /** A wait is over within a few seconds as a rule, so one that is seen is followed. */
    function follow(awaited) {
      if (awaited.length > 0 && soon === null) {
        soon = setTimeout(() => {
          soon = null;
          refresh();
        }, SOON);
      }
    }

    /** The nodes as they were listed last where the store can't list them now: what the node knows of itself is shown all the same. */
    function listed() {
      return client.get("admin/nodes").then(answer => answer.nodes).catch(error => {
        if (error.status !== 503 && error.status !== 501) {
          throw error;
        }
        return known;
      });
    }

    function show(status, list) {
      known = list;
      const history = record(status);
      const latest = history.points[history.points.length - 1];
      const silent = status.revocations.awaited.filter(each => each.sinceMillis >= SILENT);
      nodes.show(list, status, silent);
      chart.show(history.points, POINTS);
      Lockstep.replace(tiles, [
        tile("tileRate", latest ? Lockstep.number(text, latest.perSecond) : "–", text("onNode", { node: status.node })),
        tile("tileTime", millis(status.revocations.tookMillis), text("tileTimeNote")),
        tile("tileHits", history.hits === null ? "–" : percent(history.hits), text("tileHitsNote", { cache: status.cache.name })),
        tile("tileNodes", String(list.length), text("tileNodesNote", { application: status.application }))
      ].concat(canaries(status.canary)));
      verdict.show(status.revocations, silent, troubles.show(status, list) > 0);
      follow(status.revocations.awaited);
    }

    /** The age of their last proof; nothing where there are none. */
    function canaries(canary) {
      const age = canary.provedSinceMillis;
      return age === undefined ? []
        : [tile("tileCanary", text("ago", { seconds: Lockstep.number(text, Math.round(age / 1000)) }), text("tileCanaryNote"))];
    }

    /** Turns counters that only grow into what happened since the last time. */
    function record(status) {
      const history = histories.get(status.node) || { points: [], before: null, hits: null };
      histories.set(status.node, history);
      const now = { at: Date.now(), count: status.revocations.count, total: status.revocations.totalMillis };
      const before = history.before;
      if (before === null || now.count < before.count) {
        history.before = now;
      } else if (now.at - before.at > PERIOD / 2) {
        history.before = now;
        const count = now.count - before.count;
        const took = now.total - before.total;
        history.points.push({ perSecond: count * 1000 / (now.at - before.at), millis: count ? took / count : null });
        history.points.splice(0, Math.max(0, history.points.length - POINTS));
      }
      const total = status.cache.hits + status.cache.misses;
      history.hits = total ? status.cache.hits / total : null;
      return history;
    }

    function tile(title, value, note) {
      return make("div", {}, [
        make("dt", {}, [text(title)]), make("dd", {}, [make("strong", {}, [value]), make("small", {}, [note])])
      ]);
    }

    function millis(value) {
      return value === undefined ? "–" : Lockstep.duration(text, value);
    }

    function percent(value) {
      return value.toLocaleString(text.language, { style: "percent", maximumFractionDigits: 1 });
    }

    this.begin = begin;
  }

  Lockstep.console = consolePage;
})();
