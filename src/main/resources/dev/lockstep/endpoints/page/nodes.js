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
     * @param answering the name of the node that told all this
     * @param left how long its lease lasts, in milliseconds; 0 where it has none. Only a node itself knows
     */
    function show(list, answering, left) {
      leases = [];
      Lockstep.replace(body, list.map(each => row(each, each.name === answering, left)));
      tick();
    }

    function row(node, answering, left) {
      return make("tr", { role: "row" }, [
        make("th", { scope: "row", role: "rowheader" }, [
          node.name, " ", answering ? make("span", { class: "lockstep-badge" }, [text("answers")]) : ""
        ]),
        cell("lease", node.fenced
          ? make("span", { class: "lockstep-badge lockstep-badge-bad" }, [text("fenced")]) : answering ? lease(node, left) : text("leaseLength", { seconds: node.leaseMillis / 1000 })),
        cell("behind", node.behind ? text("revocationsBehind", { count: node.behind }) : text("upToDate")),
        cell("version", node.version || "–"),
        cell("since", node.since ? Lockstep.moment(text, node.since) : "–")
      ]);
    }

    function lease(node, left) {
      const bar = make("progress", { max: 1, value: 0, "aria-label": text("leaseOf", { node: node.name }) }, []);
      const shown = make("span", {}, []);
      leases.push({ bar: bar, shown: shown, until: Date.now() + left, whole: Math.max(1, node.leaseMillis) });
      return make("span", { class: "lockstep-lease" }, [bar, shown]);
    }

    function tick() {
      leases.forEach(each => {
        const left = Math.max(0, each.until - Date.now());
        each.bar.setAttribute("value", Math.min(1, left / each.whole));
        each.shown.textContent = left === 0 ? text("leaseOver")
          : text("secondsLeft", { seconds: (left / 1000).toLocaleString(text.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) });
      });
    }

    function cell(key, child) {
      return make("td", { role: "cell", "data-label": text(key) }, [child]);
    }

    return { element: table, show: show, tick: tick };
  }

  Lockstep.nodes = nodes;
})();
