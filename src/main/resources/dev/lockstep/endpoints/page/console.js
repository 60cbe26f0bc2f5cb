/*
 * The console: how logouts are doing, on which node and why; and everybody's sessions.
 *
 *   Lockstep.console(element)                      with the browser's cookie
 *   Lockstep.console(element, { token: token })    with a token that the application has
 *
 * It asks every two seconds while the page is seen. Rates are those of the node that answers: behind a load balancer it may be another one
 * each time, and each has a chart of its own.
 */
(function () {
  "use strict";

  const PERIOD = 2000;
  const POINTS = 60;
  const SLOW = 500;
  const RECENT = 60000;
  const STANDSTILL = 5000;
  const make = Lockstep.element;

  function consolePage(host, options) {
    const settings = options || {};
    return Lockstep.load(host).then(text => new View(host, Lockstep.client(settings.token), text).begin());
  }

  function View(host, client, text) {
    const verdict = make("div", { class: "lockstep-verdict", role: "status" }, []);
    const tiles = make("dl", { class: "lockstep-tiles" }, []);
    const chart = Lockstep.chart(text);
    const nodes = Lockstep.nodes(text);
    const histories = {};
    const progress = {};

    host.classList.add("lockstep");
    Lockstep.replace(host, [
      verdict, tiles,
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
        setInterval(() => nodes.tick(), 200);
      });
    }

    function refresh() {
      return Promise.all([client.get("admin/status"), client.get("admin/nodes")])
        .then(answers => show(answers[0], answers[1]))
        .catch(error => judge([Lockstep.failure(text, error)], "bad"));
    }

    function show(status, list) {
      const history = record(status);
      const latest = history.points[history.points.length - 1];
      nodes.show(list.nodes, status.node, status.lease.held ? status.lease.leftMillis : 0);
      chart.show(history.points, POINTS);
      Lockstep.replace(tiles, [
        tile("tileRate", latest ? number(latest.perSecond) : "–", text("onNode", { node: status.node })),
        tile("tileTime", millis(status.revocations.tookMillis), text("tileTimeNote")),
        tile("tileHits", history.hits === null ? "–" : percent(history.hits), text("tileHitsNote", { cache: status.cache.name })),
        tile("tileNodes", String(list.nodes.length), text("tileNodesNote", { application: status.application }))
      ]);
      explain(status, list.nodes);
    }

    /** Turns counters that only grow into what happened since the last time. */
    function record(status) {
      const history = histories[status.node] || (histories[status.node] = { points: [], before: null, hits: null });
      const now = { at: Date.now(), count: status.revocations.count, total: status.revocations.totalMillis };
      const before = history.before;
      history.before = now;
      if (before && now.at > before.at && now.count >= before.count) {
        const count = now.count - before.count;
        const took = now.total - before.total;
        history.points.push({ perSecond: count * 1000 / (now.at - before.at), millis: count ? took / count : null });
        history.points.splice(0, Math.max(0, history.points.length - POINTS));
      }
      const total = status.cache.hits + status.cache.misses;
      history.hits = total ? status.cache.hits / total : null;
      return history;
    }

    /** Is logout slow, on which node, and why. */
    function explain(status, list) {
      const took = status.revocations.tookMillis;
      const slow = took !== undefined && took >= SLOW;
      const reasons = why(status, list);
      const headline = took === undefined ? text("verdictNone") : text(slow ? "verdictSlow" : "verdictQuick", { millis: number(took) });
      judge([headline].concat(reasons), slow || !status.lease.held ? "bad" : reasons.length ? "warning" : "good");
    }

    function why(status, list) {
      const waited = status.revocations.waitedOut;
      const queued = Object.keys(status.queues).reduce((sum, name) => sum + status.queues[name], 0);
      const troubled = Object.keys(status.cache.breakers).filter(name => status.cache.breakers[name] !== "closed");
      const timedOut = status.store.timedOutSinceMillis;
      return [
        waited && waited.sinceMillis < RECENT &&
          text("whyWaitedOut", { node: waited.node, millis: number(waited.tookMillis) }),
        !status.lease.held && text("whyNoLease", { node: status.node }),
        status.channel.missing > 0 && text("whyChannel", { count: status.channel.missing }),
        troubled.length > 0 && text("whyBreaker", { cache: troubled.join(", ") }),
        timedOut !== undefined && timedOut < RECENT && text("whyTimedOut"),
        queued > 0 && text("whyQueue", { count: queued })
      ].concat(list.map(each => each.fenced ? text("whyFenced", { node: each.name })
        : standsStill(each) && text("whyBehind", { node: each.name, count: each.behind }))).filter(line => line);
    }

    /** Whether a node is behind and gets no further: to be behind for a moment is usual between two looks at the log. */
    function standsStill(node) {
      const before = progress[node.name];
      if (!before || before.applied !== node.applied || node.behind === 0) {
        progress[node.name] = { applied: node.applied, since: Date.now() };
        return false;
      }
      return Date.now() - before.since > STANDSTILL;
    }

    /** Said once, not with every look: a screen reader would read it each time. */
    function judge(lines, state) {
      const said = lines.join("\n");
      if (verdict.getAttribute("data-said") !== said) {
        verdict.setAttribute("data-said", said);
        verdict.setAttribute("class", "lockstep-verdict lockstep-" + state);
        Lockstep.replace(verdict, [
          make("p", {}, [make("strong", {}, [lines[0]])]),
          make("ul", {}, lines.slice(1).map(line => make("li", {}, [line])))
        ]);
      }
    }

    function tile(title, value, note) {
      return make("div", {}, [
        make("dt", {}, [text(title)]), make("dd", {}, [make("strong", {}, [value]), make("small", {}, [note])])
      ]);
    }

    function millis(value) {
      return value === undefined ? "–" : text("millis", { millis: number(value) });
    }

    function number(value) {
      return value.toLocaleString(text.language, { maximumFractionDigits: value < 10 ? 1 : 0 });
    }

    function percent(value) {
      return value.toLocaleString(text.language, { style: "percent", maximumFractionDigits: 1 });
    }

    this.begin = begin;
  }

  Lockstep.console = consolePage;
})();
