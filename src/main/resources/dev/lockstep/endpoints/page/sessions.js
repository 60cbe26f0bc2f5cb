/*
 * "Your sessions": lists the caller's sessions and ends them.
 *
 *   Lockstep.sessions(element)                        with the browser's cookie
 *   Lockstep.sessions(element, { token: token })      with a token that the application has
 *   Lockstep.sessions(element, { onEnded: () => … })  tells when the caller's own session is over
 */
(function () {
  "use strict";

  const make = Lockstep.element;

  function sessions(host, options) {
    const settings = options || {};
    return Lockstep.load(host).then(text => view(host, settings, text));
  }

  function view(host, settings, text) {
    const client = Lockstep.client(settings.token);
    const status = make("p", { class: "lockstep-status", role: "status" }, []);
    const content = make("div", {}, []);
    const ending = Lockstep.ending(host, status, text);
    host.classList.add("lockstep");
    Lockstep.replace(host, [content, status]);
    return refresh();

    function refresh(cursor) {
      return client.get("sessions" + (cursor ? "?cursor=" + encodeURIComponent(cursor) : "")).then(show).catch(error => notice(Lockstep.failure(text, error)));
    }

    function notice(line) {
      Lockstep.replace(content, [make("p", { class: "lockstep-notice" }, [line])]);
    }

    function show(answer) {
      const list = answer.sessions;
      Lockstep.replace(content, [
        make("p", { class: "lockstep-lead" }, [text("loggedInAs"), " ", make("strong", {}, [Lockstep.name(answer.principal)])]),
        Lockstep.table(text, text("yourSessionsCaption", { count: list.length }), list, "session", nameOf, endOne),
        make("div", { class: "lockstep-actions" }, (answer.next ? [
          make("button", { type: "button", onclick: () => refresh(answer.next) }, [text("more")])
        ] : []).concat([
          make("button", { type: "button", disabled: !answer.next && list.every(each => each.current), onclick: endOthers }, [text("endOthers")]),
          make("button", { type: "button", class: "lockstep-danger", onclick: endAll }, [text("endAll")])
        ]))
      ]);
    }

    function nameOf(session, index) {
      return session.current ? text("thisSession") : text("sessionNumber", { number: index + 1 });
    }

    function endOne(session, name) {
      ending(text("endOneQuestion", { name: name }), text("end"),
        () => client.remove("sessions/" + encodeURIComponent(session.id)), session.current ? ownEnded : () => refresh());
    }

    function endOthers() {
      ending(text("endOthersQuestion"), text("endOthers"), () => client.post("sessions/end-others"), () => refresh());
    }

    function endAll() {
      ending(text("endAllQuestion"), text("endAll"), () => client.post("sessions/end-all"), ownEnded);
    }

    function ownEnded() {
      notice(text("yoursEnded"));
      if (settings.onEnded) {
        settings.onEnded();
      }
    }
  }

  Lockstep.sessions = sessions;
})();
