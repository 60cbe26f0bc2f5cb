/* The console's table of nodes, with their leases as they run out. */
(function () {
  "use strict";

  const make = Lockstep.element;

  function nodes(text) {
    const body = make("tbody", { role: "rowgroup" }, []);
    const names = ["node", "lease", "behind", "version", "since"];
    const table = make("table", { class: "lockstep-table", role: "table" }, [
      make("caption", {}, [text("nodesCaption")]),
      make("thead", { role: "rowgroup" }, [
        make("tr", { role: "row" }, names.map(name => make("th", { scope: "col", role: "columnheader" }, [text(name)])))
      ]),
      body
    ]);
    let leases = [];

    /**
     * @param status of the node that told all this, which knows its own lease. That one is shown as it was told: it is renewed with
     *   every poll, several times between two answers, so it must not be seen to run out
     * @param silent the nodes for which its logouts have been waiting for a while. It knows when their leases are over for certain;
     *   of the others only they themselves know
     */
    function show(list, status, silent) {
      leases = [];
      Lockstep.replace(body, list.map(each => row(each, status, silent)));
      tick();
    }

    function row(node, status, silent) {
      const answering = node.name === status.node;
      const awaited = silent.find(each => each.node === node.name);
      return make("tr", { role: "row" }, [
        make("th", { scope: "row", role: "rowheader" }, [
          node.name, " ", answering ? make("span", { class: "lockstep-badge" }, [text("answers")]) : ""
        ]),
        cell("lease", awaited ? waitedFor(node, awaited) : node.fenced ? bad("fenced")
          : answering ? lease(node, status.lease.held ? status.lease.leftMillis : 0, node.leaseMillis, true)
          : text("leaseLength", { seconds: node.leaseMillis / 1000 })),
        cell("behind", node.behind ? text("revocationsBehind", { count: node.behind }) : text("upToDate")),
        cell("version", node.version || "–"),
        cell("since", node.since ? Lockstep.moment(text, node.since) : "–")
      ]);
    }

    function waitedFor(node, awaited) {
      return make("span", {}, [lease(node, awaited.leftMillis, awaited.sinceMillis + awaited.leftMillis, false), bad("waitedFor")]);
    }

    function bad(key) {
      return make("span", { class: "lockstep-badge lockstep-badge-bad" }, [text(key)]);
    }

    function lease(node, left, whole, renewed) {
      const bar = make("progress", { max: 1, value: 0, "aria-label": text("leaseOf", { node: node.name }) }, []);
      const shown = make("span", {}, []);
      const until = Date.now() + left;
      leases.push({ bar: bar, shown: shown, left: () => renewed ? left : Math.max(0, until - Date.now()), whole: Math.max(1, whole) });
      return make("span", { class: "lockstep-lease" }, [bar, shown]);
    }

    function tick() {
      leases.forEach(each => {
        const left = each.left();
        each.bar.setAttribute("value", Math.min(1, left / each.whole));
        each.shown.textContent = left === 0 ? text("leaseOver")
          : text("secondsLeft", { seconds: Lockstep.seconds(text, left) });
      });
    }

    function cell(key, child) {
      return make("td", { role: "cell", "data-label": text(key) }, [child]);
    }

    return { element: table, show: show, tick: tick };
  }

  Lockstep.nodes = nodes;
})();
