/* A table of sessions, each with a button that ends it; on narrow screens rows become cards. */
(function () {
  "use strict";

  const make = Lockstep.element;

  /**
   * @param caption what the table holds
   * @param list sessions as the endpoints tell them
   * @param first the head of the first column
   * @param nameOf gives what people call a session, by it and its index; it may be a name that anybody has chosen
   * @param end is called with a session and its name
   */
  function table(text, caption, list, first, nameOf, end) {
    const heads = [first, "opened", "lastUsed", "ends", "action"];
    return make("table", { class: "lockstep-table", role: "table" }, [
      make("caption", {}, [caption]),
      make("thead", { role: "rowgroup" }, [
        make("tr", { role: "row" }, heads.map(head =>
          make("th", { scope: "col", role: "columnheader", "data-action": head === "action" }, [text(head)])))
      ]),
      make("tbody", { role: "rowgroup" }, list.map((session, index) => row(text, session, nameOf(session, index), end)))
    ]);
  }

  function row(text, session, name, end) {
    return make("tr", { role: "row", class: session.current ? "lockstep-current" : null }, [
      make("th", { scope: "row", role: "rowheader" }, [
        make("span", { class: session.current ? "lockstep-badge" : null }, [Lockstep.name(name)])
      ]),
      cell(text, "opened", Lockstep.moment(text, session.opened)),
      cell(text, "lastUsed", Lockstep.moment(text, session.lastUsed)),
      cell(text, "ends", Lockstep.moment(text, session.ends)),
      cell(text, "action", make("button", {
        type: "button", class: "lockstep-small", "aria-label": text("endNamed", { name: Lockstep.named(name) }), onclick: () => end(session, name)
      }, [text("end")]))
    ]);
  }

  function cell(text, key, child) {
    return make("td", { role: "cell", "data-label": text(key), "data-action": key === "action" }, [child]);
  }

  Lockstep.table = table;
})();
