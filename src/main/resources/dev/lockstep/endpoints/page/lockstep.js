/*
 * What Lockstep's pages share: talking to the endpoints, texts, elements. Other scripts add their part to the object Lockstep.
 *
 * Whatever comes from a server goes into a page as text, never as markup. A token that an application hands over stays in a
 * variable: it is in no storage, no address and no element.
 */
(function () {
  "use strict";

  const script = document.currentScript.src;
  const pages = script.slice(0, script.lastIndexOf("/") + 1);
  const root = pages.slice(0, -"pages/".length);
  const LANGUAGES = ["en", "de"];
  /** What is written from left to right, as the pages are. */
  const LATIN = /^[\u0020-\u024f]*$/;
  const texts = {};

  /** The language of an element, or English. */
  function languageOf(element) {
    const marked = element.closest("[lang]");
    const wanted = (marked ? marked.getAttribute("lang") : navigator.language).slice(0, 2).toLowerCase();
    return LANGUAGES.indexOf(wanted) >= 0 ? wanted : LANGUAGES[0];
  }

  /** Loads the texts of an element's language; gives a function from a key and its values to a text. */
  function load(element) {
    const language = languageOf(element);
    texts[language] = texts[language] || fetch(pages + "texts." + language + ".json").then(answer => answer.json());
    return texts[language].then(all => {
      const text = (key, values) => all[key].replace(/\{(\w+)\}/g, (whole, name) => values[name]);
      text.language = language;
      return text;
    });
  }

  /**
   * Makes an element. Attributes that are null are left out; those of the name on… are listeners. Children are elements or texts.
   */
  function element(name, attributes, children) {
    return fill(document.createElement(name), attributes, children);
  }

  function fill(target, attributes, children) {
    Object.keys(attributes || {}).forEach(key => {
      const value = attributes[key];
      if (typeof value === "function") {
        target.addEventListener(key.slice(2), value);
      } else if (value !== null && value !== false) {
        target.setAttribute(key, value === true ? "" : value);
      }
    });
    (children || []).forEach(child => target.append(child));
    return target;
  }

  /** A name that anybody may have chosen, as an element that leaves the order of the letters around it alone. */
  function name(chosen) {
    return element("bdi", {}, [chosen]);
  }

  /**
   * The same within a text: in isolation (Unicode UAX #9), and with a sign in place of each character that turns letters around, of which one
   * could end the isolation.
   */
  function named(chosen) {
    return LATIN.test(chosen) ? chosen : "\u2068" + chosen.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd") + "\u2069";
  }

  /** Puts these children in place of those that an element has. */
  function replace(target, children) {
    target.replaceChildren.apply(target, children);
  }

  /**
   * Calls the endpoints. Without a token the browser sends its cookie. A promise of the answer's JSON, null where there is none;
   * it fails with the status, 0 where no server answered.
   */
  function client(token) {
    function call(method, path, body) {
      const headers = { Accept: "application/json" };
      if (token) {
        headers.Authorization = "Bearer " + token;
      }
      if (body) {
        headers["Content-Type"] = "application/json";
      }
      return fetch(root + path, {
        method: method, headers: headers, body: body ? JSON.stringify(body) : undefined,
        credentials: token ? "omit" : "same-origin", redirect: "error"
      }).catch(() => {
        throw { status: 0 };
      }).then(answer => {
        if (!answer.ok) {
          throw { status: answer.status };
        }
        return answer.text().then(body => body ? JSON.parse(body) : null);
      });
    }
    return {
      get: path => call("GET", path),
      post: (path, body) => call("POST", path, body),
      remove: path => call("DELETE", path)
    };
  }

  /** What a failure means, in words. */
  function failure(text, error) {
    const known = { 0: "unreachable", 401: "unauthorized", 403: "forbidden", 404: "gone", 501: "unsupported", 503: "unavailable" };
    return text(known[error && error.status] || "failed");
  }

  /** A moment, as people say it, with the exact one beside it. */
  function moment(text, iso) {
    const at = new Date(iso);
    const exact = at.toLocaleString(text.language, { dateStyle: "medium", timeStyle: "short" });
    return element("time", { datetime: iso }, [
      element("span", {}, [relative(text, at)]), element("small", {}, [exact])
    ]);
  }

  const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];

  /** Empty in a browser that can't say it. */
  function relative(text, at) {
    const seconds = (at.getTime() - Date.now()) / 1000;
    const unit = UNITS.find(each => Math.abs(seconds) >= each[1]);
    if (!unit) {
      return text(seconds < 0 ? "justNow" : "soon");
    }
    return Intl.RelativeTimeFormat
      ? new Intl.RelativeTimeFormat(text.language, { numeric: "auto" }).format(Math.trunc(seconds / unit[1]), unit[0])
      : "";
  }

  function number(text, value) {
    return value.toLocaleString(text.language, { maximumFractionDigits: value < 10 ? 1 : 0 });
  }

  /** Milliseconds in seconds, with one decimal. */
  function seconds(text, millis) {
    return (millis / 1000).toLocaleString(text.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  /** A time as people say it: in milliseconds, or from a second on in seconds. */
  function duration(text, millis) {
    return millis < 1000 ? text("millis", { millis: number(text, millis) }) : text("secondsLeft", { seconds: seconds(text, millis) });
  }

  /** Asks before something is ended; a promise of whether to do it. Escape and the other button mean no. */
  function confirm(text, host, question, action) {
    return new Promise(decide => {
      const dialog = element("dialog", { class: "lockstep-dialog", "aria-labelledby": "lockstep-question" }, [
        element("p", { id: "lockstep-question" }, [question]),
        element("div", { class: "lockstep-actions" }, [
          element("button", { type: "button", onclick: () => close(false) }, [text("cancel")]),
          element("button", { type: "button", class: "lockstep-danger", onclick: () => close(true) }, [action])
        ])
      ]);
      function close(answer) {
        dialog.close();
        dialog.remove();
        decide(answer);
      }
      dialog.addEventListener("cancel", event => {
        event.preventDefault();
        close(false);
      });
      host.append(dialog);
      dialog.showModal();
    });
  }

  /** In words, what an ending has brought about. */
  function outcome(text, answer) {
    if (!answer || !answer.awaited) {
      return text("endedSoon");
    }
    const names = (answer.waitedOut || []).join(", ");
    const key = names ? "endedWaitedOut" : answer.waitedOutNodes ? "endedWaitedOutSome" : "ended";
    return text(key, { millis: answer.waitedMillis, names: names, count: answer.waitedOutNodes });
  }

  /** Gives a function that asks, ends, says what came of it, and goes on. */
  function ending(host, status, text) {
    return (question, action, call, then) => confirm(text, host, question, action).then(sure => {
      if (sure) {
        status.textContent = text("ending");
        call().then(answer => {
          status.textContent = outcome(text, answer);
          then();
        }).catch(error => {
          status.textContent = failure(text, error);
        });
      }
    });
  }

  window.Lockstep = {
    load: load, element: element, fill: fill, name: name, named: named, replace: replace, client: client,
    failure: failure, moment: moment, number: number, seconds: seconds, duration: duration, ending: ending
  };
})();
