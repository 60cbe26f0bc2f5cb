/* The console's search: everybody's sessions, or those of one principal, and their end. */
(function () {
  "use strict";

  const make = Lockstep.element;

  function search(host, client, text) {
    const input = make("input", { id: "lockstep-principal", type: "search", autocomplete: "off", spellcheck: "false" }, []);
    const status = make("p", { class: "lockstep-status", role: "status" }, []);
    const found = make("div", {}, []);
    const ending = Lockstep.ending(host, status, text);
    let again = () => look();

    const form = make("form", { class: "lockstep-search", role: "search", onsubmit: event => {
      event.preventDefault();
      status.textContent = "";
      look();
    } }, [
      make("label", { for: "lockstep-principal" }, [text("principal")]),
      input,
      make("button", { type: "submit" }, [text("searchButton")])
    ]);

    function look(cursor) {
      const principal = input.value;
      const query = [];
      if (principal) {
        query.push("principal=" + encodeURIComponent(principal));
      }
      if (cursor) {
        query.push("cursor=" + encodeURIComponent(cursor));
      }
      again = () => look(cursor);
      return client.get("admin/sessions" + (query.length ? "?" + query.join("&") : ""))
        .then(answer => show(answer, principal))
        .catch(error => Lockstep.replace(found, [make("p", { class: "lockstep-notice" }, [Lockstep.failure(text, error)])]));
    }

    function show(answer, principal) {
      const list = answer.sessions;
      const caption = text(list.length ? "foundCaption" : "foundNone", { count: list.length });
      Lockstep.replace(found, [
        Lockstep.table(text, caption, list, "principal", session => session.principal, endOne),
        make("div", { class: "lockstep-actions" }, [
          make("button", { type: "button", disabled: !answer.next, onclick: () => look(answer.next) }, [text("more")]),
          make("button", {
            type: "button", class: "lockstep-danger", disabled: list.length === 0, onclick: principal ? () => endAllOf(principal) : endEverything
          }, [principal ? text("endAllOf", { name: Lockstep.named(principal) }) : text("endEverything")])
        ])
      ]);
    }

    function endOne(session, name) {
      ending(text("endOneQuestion", { name: Lockstep.named(name) }), text("end"),
        () => client.remove("admin/sessions/" + encodeURIComponent(session.id)), () => again());
    }

    function endAllOf(principal) {
      ending(text("endAllOfQuestion", { name: Lockstep.named(principal) }), text("endAllOf", { name: Lockstep.named(principal) }),
        () => client.post("admin/sessions/end-principal", { principal: principal }), () => look());
    }

    function endEverything() {
      ending(text("endEverythingQuestion"), text("endEverything"), 
        () => client.get("admin/status")
          .then(status => client.post("admin/sessions/end-everything", { application: status.application })), () => look());
    }

    return make("div", {}, [form, found, status]);
  }

  Lockstep.search = search;
})();
