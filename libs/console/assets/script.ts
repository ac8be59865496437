/**
 * What the pages do besides, in the browser; without it everything still works. It is text because it is served as it is:
 * no build step turns it into something else. Times in the reader's own zone; j, k, a, r, u (they can be switched off, as
 * WCAG 2.1.4 asks); lists that refresh in place.
 */
export const script = `"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const format = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
  const localTimes = (root) => {
    for (const time of all("time[datetime]", root)) {
      time.title = time.dateTime;
      time.textContent = format.format(new Date(time.dateTime));
    }
  };
  localTimes(document);

  const say = (text) => { const status = one("#status"); if (status) status.textContent = text; };

  // Deadlines are counted down from what the server said was left: the reader's clock may be wrong.
  const MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const two = (number, unit, rest, small) => number + " " + unit + (rest > 0 ? " " + rest + " " + small : "");
  const span = (ms) => {
    if (ms >= DAY) return two(Math.floor(ms / DAY), "d", Math.floor((ms % DAY) / HOUR), "h");
    if (ms >= HOUR) return two(Math.floor(ms / HOUR), "h", Math.floor((ms % HOUR) / MINUTE), "min");
    return ms >= 10 * MINUTE ? Math.floor(ms / MINUTE) + " min" : two(Math.floor(ms / MINUTE), "min", Math.floor((ms % MINUTE) / 1000), "s");
  };
  const ends = new WeakMap();
  const count = () => {
    for (const due of all("[data-left]")) {
      if (!ends.has(due)) ends.set(due, performance.now() + Number(due.dataset.left));
      const ms = ends.get(due) - performance.now();
      if (ms <= 0 && Number(due.dataset.left) > 0 && !due.classList.contains("due-overdue")) {
        due.className = "due due-overdue";
        if (one("form[data-decide]")) say("The deadline has passed.");
      }
      due.textContent = ms > 0 ? span(ms) + " left" : -ms < MINUTE ? "just over" : span(-ms) + " over";
    }
  };
  count();
  setInterval(count, 1000);

  // That a review was shown goes into its case's chain, by a form of its own: fetching the page changes nothing.
  const seen = one("form[data-seen]");
  if (seen) fetch(seen.action, { method: "POST", body: new URLSearchParams(new FormData(seen)), redirect: "manual" }).catch(() => {});

  // Keys.
  const SWITCH = "longhaul-keys-off";
  const box = one("[data-keys]");
  const keysOn = () => localStorage.getItem(SWITCH) !== "1";
  if (box) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.checked = keysOn();
    box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "0" : "1"));
  }
  const move = (by) => {
    const rows = all("a.row");
    if (rows.length === 0) return false;
    const at = rows.indexOf(document.activeElement?.closest("li")?.querySelector("a.row"));
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    next.focus();
    return true;
  };
  // A button of its own, or the only one of the workflow's options that comes to this outcome.
  const confirmDecision = (option, outcome) => {
    const form = one("form[data-decide]");
    if (!form) return false;
    const choices = all('input[data-outcome="' + outcome + '"]', form);
    const button = form.querySelector('button[name="option"][value="' + option + '"]') ?? (choices.length === 1 ? form.querySelector(".buttons button") : null);
    if (!button) return false;
    if (choices.length === 1) choices[0].checked = true;
    if (!form.reportValidity()) return true;
    const name = choices.length === 1 ? choices[0].labels[0].textContent : button.textContent;
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "confirm-title");
    const title = Object.assign(document.createElement("h2"), { id: "confirm-title", textContent: choices.length === 1 ? name + "?" : name + " this?" });
    const words = document.createElement("blockquote");
    words.textContent = form.elements.reason.value;
    const buttons = Object.assign(document.createElement("div"), { className: "buttons" });
    const yes = Object.assign(document.createElement("button"), { className: button.className, textContent: name });
    const no = Object.assign(document.createElement("button"), { className: "quiet", textContent: "Not yet" });
    yes.addEventListener("click", () => { dialog.close(); form.requestSubmit(button); });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    buttons.append(yes, no);
    dialog.append(title, words, buttons);
    document.body.append(dialog);
    dialog.showModal();
    return true;
  };
  const choose = () => {
    const box = document.activeElement?.closest("[data-id]")?.querySelector("input[name=id]");
    box?.click();
    return Boolean(box);
  };
  const KEYS = {
    x: choose,
    j: () => move(1),
    k: () => move(-1),
    a: () => confirmDecision("approve", "approved"),
    r: () => confirmDecision("reject", "rejected"),
    u: () => { const back = one(".crumb a"); back?.click(); return Boolean(back); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysOn() || one("dialog[open]")) return;
    if (event.target instanceof HTMLElement && event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) return;
    if (Object.hasOwn(KEYS, event.key) && KEYS[event.key]()) event.preventDefault();
  });

  // A form is sent once.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) return event.preventDefault();
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 5000);
  });

  // Lists that refresh in place: the row in focus keeps it, and what is read does not move.
  const live = one("[data-live]");
  const refresh = async () => {
    const response = await fetch(location.href, { headers: { "x-longhaul-live": "1" }, redirect: "manual", signal: AbortSignal.timeout(10000) });
    if (!response.ok) return response.type !== "opaqueredirect";
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const name of ["tabs"]) {
      const [old, next] = [one("." + name), fresh.querySelector("." + name)];
      if (old && next && !old.contains(document.activeElement)) old.replaceChildren(...next.childNodes);
    }
    const next = fresh.querySelector("[data-live]");
    const ids = (root) => all("[data-id]", root).map((row) => row.dataset.id);
    const before = ids(live);
    const after = ids(next);
    const held = document.activeElement?.closest("[data-id]")?.dataset.id;
    const heldBox = document.activeElement?.matches("input") ?? false;
    const chosen = all("input[name=id]:checked", live).map((box) => box.value);
    const anchor = all("[data-id]", live).find((row) => row.getBoundingClientRect().bottom > 0 && after.includes(row.dataset.id));
    const top = anchor?.getBoundingClientRect().top;
    localTimes(next);
    live.replaceChildren(...next.childNodes);
    const find = (id) => all("[data-id]", live).find((row) => row.dataset.id === id);
    if (anchor) scrollBy({ top: find(anchor.dataset.id).getBoundingClientRect().top - top, behavior: "instant" });
    for (const box of all("input[name=id]", live)) box.checked = chosen.includes(box.value);
    if (held) (heldBox ? find(held)?.querySelector("input") : find(held)?.querySelector("a"))?.focus({ preventScroll: true });
    count();
    const added = after.filter((id) => !before.includes(id)).length;
    if (added > 0 && before.length > 0) say(added === 1 ? "One more waits." : added + " more wait.");
    return true;
  };
  let waiting;
  const loop = async () => {
    clearTimeout(waiting);
    let goOn = true;
    if (document.visibilityState === "visible" && !one("dialog[open]")) goOn = await refresh().catch(() => true);
    if (goOn) waiting = setTimeout(loop, Number(live.dataset.live) * 1000);
  };
  if (live) {
    waiting = setTimeout(loop, Number(live.dataset.live) * 1000);
    // Whoever comes back to the page sees at once what has happened meanwhile.
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && loop());
  }
})();
`;
