/*
 * Walks through one logout on two servers. The token is in a variable, and goes out in the Authorization header; no cookie is sent.
 */
const $ = id => document.getElementById(id);
const order = ["login", "use", "logout", "again"];
let servers = {};
let token = null;
let loggedOut = null;

/**
 * Sends a request, notes it in the server's list, and gives the answer with the time that it took.
 *
 * @param expected the statuses with which the story goes on; any other ends it
 */
async function send(expected, server, method, path, body) {
  const headers = {};
  if (token) {
    headers.Authorization = "Bearer " + token;
  }
  if (body) {
    headers["Content-Type"] = "application/json";
  }
  const begun = performance.now();
  const answer = await fetch(servers[server] + path, {
    method, headers, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store"
  });
  const took = performance.now() - begun;
  const text = await answer.text();
  note(server, `${method} ${path}`, `${answer.status} · ${millis(took)}`);
  if (!expected.includes(answer.status)) {
    throw new Error(`${method} ${path} was answered ${answer.status}, not ${expected.join(" or ")}.`);
  }
  return { status: answer.status, took, ended: performance.now(), json: text && answer.ok ? JSON.parse(text) : null };
}

function note(server, request, answer) {
  const item = document.createElement("li");
  const result = document.createElement("b");
  result.textContent = answer;
  item.append(request, result);
  $(server).querySelector(".requests").append(item);
}

function mark(server, state, words) {
  $(server).className = state;
  $(server).querySelector(".state span").textContent = words;
}

function millis(value) {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** @param important what stands out */
function say(before, important = "", after = "") {
  const strong = document.createElement("strong");
  strong.textContent = important;
  $("result").replaceChildren(before, strong, after);
}

const steps = {
  async login() {
    token = null;
    ["a", "b"].forEach(server => {
      mark(server, "", "Alice is not known here");
      $(server).querySelector(".requests").replaceChildren();
    });
    token = (await send([200], "a", "POST", "/api/login", { username: "alice", password: "alice" })).json.token;
    mark("a", "known", "Alice is logged in");
    say("Alice has a token from A.");
  },

  async use() {
    const me = await send([200], "b", "GET", "/api/me");
    mark("b", "known", `Alice is logged in, says ${me.json.node}`);
    say("B knows her, and has a copy of her session in its cache from now on.");
  },

  async logout() {
    const answer = await send([204], "a", "POST", "/api/logout");
    loggedOut = answer;
    mark("a", "refused", "Alice is logged out");
    say("Logged out on A: true on both servers after ", millis(answer.took), ".");
  },

  async again() {
    const answer = await send([200, 401], "b", "GET", "/api/me");
    const refused = answer.status === 401;
    mark("b", refused ? "refused" : "known", refused ? "Alice is refused" : "Alice is still let in");
    say(`Alice logged out on A in ${millis(loggedOut.took)}. B `, refused ? `refused her ${millis(answer.took)}` : "let her in",
      refused ? " later, the first time she asked." : ": that must never happen.");
    token = null;
  }
};

/** Lets only the step be taken that is next. */
function ready(next) {
  order.forEach((step, index) => {
    $(step).disabled = index !== next;
    $(step).classList.toggle("next", index === next);
  });
  $("play").disabled = false;
}

async function take(index) {
  order.forEach(step => { $(step).disabled = true; });
  $("play").disabled = true;
  try {
    await steps[order[index]]();
    return true;
  } catch (error) {
    say("That failed: ", String(error.message || error));
    return false;
  }
}

async function play() {
  for (let index = 0; index < order.length; index++) {
    if (!await take(index)) {
      return ready(0);
    }
    // B is asked at once after the logout; before, people want to follow
    if (index < 2) {
      await new Promise(resolve => setTimeout(resolve, 700));
    }
  }
  return ready(0);
}

async function begin() {
  servers = await (await fetch("api/nodes")).json();
  ["a", "b"].forEach(server => {
    $("name-" + server).querySelector("small").textContent = servers[server].replace("http://", "");
  });
  order.forEach((step, index) => $(step).addEventListener("click", async () => {
    ready(await take(index) ? (index + 1) % order.length : 0);
  }));
  $("play").addEventListener("click", play);
  ready(0);
}

begin().catch(() => say("This page needs both nodes: start them by ", "./mvnw -Pdemo", "."));
