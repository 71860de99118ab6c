// The page's own script: keys, dialogs, selections. It keeps nothing: what is decided is on the server, which is here.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const main = () => $("#main");
const card = () => $("#card");
const state = () => $("#state").dataset;
let revision = Number(state().revision);
let acts = Promise.resolve();
let clearing = 0;
let held = false;

function say(words, wrong = false) {
  const status = $("#status");
  status.textContent = words;
  status.classList.toggle("wrong", wrong);
  clearTimeout(clearing);
  clearing = setTimeout(() => { status.textContent = ""; }, wrong ? 9000 : 3500);
}

async function post(path, values) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf": state().csrf },
    body: JSON.stringify(values),
  });
  if (answer.status === 401) { location.assign("/"); throw new Error("locked"); }
  return answer.json();
}

async function show(address, focus = true) {
  const answer = await fetch(address, { headers: { "x-fragment": "1" } });
  if (answer.redirected) { location.assign(address); return; }
  put(await answer.text(), focus);
}

function put(html, focus = true) {
  const was = main().contains(document.activeElement) ? document.activeElement.id : "";
  main().innerHTML = html;
  const now = Number(state().revision);
  if (now !== revision) { views.forget(); } // somebody acted in another window: theirs would be taken back
  revision = now;
  if (focus) { ($("#card-title") || main()).focus(); }
  else if (was) { document.getElementById(was)?.focus({ preventScroll: true }); }
  settling();
}

// What an act changes is shown at once; when the server has gone through everything again, so does the page.
let waiting = 0;
function settling() {
  clearTimeout(waiting);
  if (state().settling === "yes") { waiting = setTimeout(settled, 300); }
}
// Nobody was there for a while, or another window has locked the study: what it showed goes from the screen.
async function watch() {
  if ((await jobNow()).locked) { location.replace("/"); return; }
  setTimeout(watch, WATCHED);
}
const WATCHED = 10000;
if ($("header nav")) { setTimeout(watch, WATCHED); }

// A server that has stopped answers nothing: the page goes on asking, more seldom.
async function jobNow() {
  try { return await (await fetch("/job")).json(); } catch { return { silent: true }; }
}
async function settled() {
  const job = await jobNow();
  const isBusy = $("dialog[open]") || held || !(getSelection()?.isCollapsed ?? true);
  if (!job.settled || isBusy) { waiting = setTimeout(settled, job.silent ? 3000 : 300); return; }
  acts = acts.then(() => show(location.pathname + location.search, false)).catch(() => {});
}

// Acts go one after the other, each with the revision that the one before left. The answer brings the screen that
// follows; while a later act is under way, what is foreseen stays until that one's answer.
// Where no answer comes, the screen is what the server has; a silent server's, what stood there before the first such act.
let under_way = 0;
let lost = false;
function send(path, values, then, focus = true, before = views.past.at(-1)) {
  under_way += 1;
  acts = acts.then(async () => {
    const found = await post(path, { ...values, then, revision }).finally(() => { under_way -= 1; });
    revision = found.revision ?? revision;
    lost = false;
    if (found.wrong) {
      views.forget();
      say([found.wrong, found.hint].filter(Boolean).join(": "), true);
      await show(location.pathname + location.search);
      return;
    }
    if (found.said) { say(found.said); }
    if (under_way) { return; }
    if (found.html) { put(found.html, focus); } else { await show(then, focus); }
  }).catch(async () => {
    const first = !lost;
    lost = true;
    views.forget();
    try { await show(location.pathname + location.search); lost = false; } catch { if (first) { views.restore(before); } }
    delete card()?.dataset.sent;
    say("The page's server does not answer: this may not be done. Is deid still running? Look at it again.", true);
  });
  return acts;
}

const places = () => JSON.parse(card().dataset.places);
const onQueue = () => location.pathname === "/queue";

// The next card is in the page already: it is on screen at once, and the rest follows.
function nextCard() {
  const next = $("#next");
  if (!onQueue() || !next) { return ""; }
  const id = next.content.firstElementChild.dataset.id;
  card().replaceWith(next.content.cloneNode(true));
  next.remove();
  $("#card-title").focus();
  return id;
}

function address(id) {
  if (!onQueue()) { return location.pathname + location.search; }
  const to = id ? `/queue?card=${encodeURIComponent(id)}` : "/queue";
  history.replaceState(null, "", to);
  return to;
}

const here = () => onQueue() && card().dataset.id ? `/queue?card=${encodeURIComponent(card().dataset.id)}`
  : location.pathname + location.search;

// An act that ends a card.
function settle(values) {
  if ("sent" in card().dataset) { return acts; }
  const own = { entity: card().dataset.entity, doubts: card().dataset.doubts, ...values };
  views.keep();
  const id = nextCard();
  if (!id) { foresee(own); card().dataset.sent = ""; }
  return send("/act", own, address(id), !id);
}

// An act that changes a thing and stays with it.
function change(values) {
  const own = { entity: card()?.dataset.entity ?? "", ...values };
  const to = here();
  views.keep(values.places);
  foresee(own);
  return send("/act", own, to);
}

// Taking back shows again what stood there before; the server says whether it was so.
function turn(path, to) {
  if (to) { history.replaceState(null, "", to); }
  return send(path, {}, to || address(""), true, to ? (path === "/undo" ? views.taken : views.past).at(-1) : undefined);
}

function openDialog(name) {
  const dialog = $(`#dialog-${name}`);
  for (const list of dialog.querySelectorAll("[data-from]")) {
    const source = card() && $(`.${list.dataset.from}`, card());
    if (source) { list.replaceChildren(source.content.cloneNode(true)); }
  }
  $(".dialog-wrong", dialog)?.replaceChildren();
  // A reason is on record for good: nobody gives one by pressing Enter twice.
  for (const reason of dialog.querySelectorAll("input[type=radio][required]")) { reason.checked = false; }
  const others = $("select[name=other]", dialog);
  if (others) { choices(others, card()?.dataset.entity, name === "add" ? "PERSON" : card()?.dataset.category); }
  const category = card()?.dataset.category;
  const radio = name === "category" && category && $(`input[value="${category}"]`, dialog);
  if (radio) { radio.checked = true; }
  const where = $(".where-keep", dialog);
  if (where) { where.open = card()?.dataset.kind === "several"; }
  const select = $("select[required]", dialog);
  if (select) { select.selectedIndex = 0; }
  dialog.showModal();
  ($("input:checked, input:not([type=hidden]), select, textarea", dialog) || dialog).focus();
}

// Everything of a category, asked for when a dialog opens: a large study has thousands of things.
async function choices(select, entity, category) {
  const own = select.required ? [] : [select.options[0]];
  select.replaceChildren(...own);
  const address = `/choices/${encodeURIComponent(entity || "-")}?category=${encodeURIComponent(category || "PERSON")}`;
  const answer = await fetch(address, { headers: { "x-fragment": "1" } });
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  select.append(...made.content.querySelectorAll("option"));
  if (select.required) { select.selectedIndex = 0; }
}

// What is selected in the transcript, in the places of the source; the whole turn where nothing is.
let selected = [];
function points(text) { return [...text].length; }

function edge(node, offset, isEnd) {
  const piece = (node.nodeType === 3 ? node.parentElement : node).closest("[data-start]");
  if (!piece) { return null; }
  if (piece.tagName === "MARK") { return Number(isEnd ? piece.dataset.end : piece.dataset.start); }
  const own = node.nodeType === 3 ? node.data.slice(0, offset) : offset ? piece.textContent : "";
  return Number(piece.dataset.start) + points(own);
}

// A card may show passages of several transcripts.
const codeOf = (segment) => segment.closest("[data-code]").dataset.code;

function selection() {
  const chosen = getSelection();
  const reading = $("#transcript");
  if (!reading) { return []; }
  const found = [];
  if (chosen.rangeCount && !chosen.isCollapsed) {
    const range = chosen.getRangeAt(0);
    for (const one of reading.querySelectorAll(".segment")) {
      if (!range.intersectsNode(one)) { continue; }
      const inside = (node) => one.contains(node);
      const whole = Number(one.lastElementChild.dataset.end);
      const start = inside(range.startContainer) ? edge(range.startContainer, range.startOffset, false) : 0;
      const end = inside(range.endContainer) ? edge(range.endContainer, range.endOffset, true) : whole;
      if (start !== null && end !== null && start < end) { found.push([codeOf(one), Number(one.dataset.segment), start, end]); }
    }
  }
  return found;
}

function focusedTurn() {
  const one = document.activeElement?.closest?.(".segment");
  if (!one) { return []; }
  return [[codeOf(one), Number(one.dataset.segment), 0, Number(one.lastElementChild.dataset.end)]];
}

// All ticks of a kind on the card, and those that are set; a single finding has none and counts as ticked.
function ids(name) {
  const boxes = [...card().querySelectorAll(`input[name=${name}]`)];
  if (name === "finding" && !boxes.length) { const own = card().dataset.doubts.split(" "); return [own, own]; }
  return [boxes, boxes.filter((one) => one.checked)].map((some) => some.map((one) => one.value));
}

const ACTS = {
  confirm: () => settle({ act: "confirm", places: places(), reason: card().dataset.kind === "unsure" ? "replace" : "" }),
  replace: () => change({ act: "confirm", places: places(), reason: "replace" }),
  close: () => settle({ act: "close", list: card().dataset.list }),
  keep: () => openDialog("keep"),
  category: () => openDialog("category"),
  part: () => openDialog("part"),
  merge: () => openDialog("merge"),
  split: () => openDialog("split"),
  pseudonym: () => openDialog("pseudonym"),
  note: () => openDialog("note"),
  accept: () => { if (!ids("finding")[1].length) { say("Tick what may stay.", true); } else { openDialog("accept"); } },
  mend: () => {
    const [, steps] = ids("step");
    if (!steps.length) { say("Tick what is to read otherwise.", true); return; }
    settle({ act: "mend", entity: "", doubts: "", steps });
  },
  "merge-with": (button) => settle({ act: "merge", other: button.dataset.other }),
  "second-confirm": () => settle({ act: "second", reason: "confirm" }),
  "second-keep": () => settle({ act: "second", reason: "keep" }),
  "second-other": () => settle({ act: "second", reason: "other" }),
  skip: () => { const id = nextCard(); show(address(id), !id); },
  transcript: (link) => location.assign(link.getAttribute("href")),
  undo: () => turn("/undo", views.back()),
  redo: () => turn("/redo", views.forth()),
  add: () => {
    selected = selection();
    openDialog("add");
    const field = $("#dialog-add input[name=words]");
    const chosen = getSelection().toString().trim();
    const word = document.activeElement?.closest?.(".kind-list .place")?.querySelector(".here");
    field.value = selected.length ? chosen : word ? word.textContent.trim() : "";
    field.readOnly = selected.length > 0;
  },
  describe: () => passage("describe"),
  remove: () => passage("remove"),
  flag: () => {
    const reading = $("#transcript:not(.passage)");
    const [first] = reading ? [...selection(), ...focusedTurn()] : places();
    if (!first) { say("Move to a turn first.", true); return; }
    const turn = reading ? $(`#s${first[1]}`).closest(".turn").dataset.turn : "0";
    change({ act: "flag", code: first[0], turn: Number(turn) });
  },
};

function passage(name) {
  selected = selection();
  if (!selected.length) { selected = focusedTurn(); }
  if (!selected.length) { say("Select the words, or move to a turn with Tab, first.", true); return; }
  openDialog(name);
}

const DONE = {
  keep: (form, values) => {
    const asked = { act: "keep", reason: values.get("reason"), places: values.getAll("at").map(JSON.parse) };
    if (card().dataset.kind !== "several") { settle(asked); return; }
    // Of several things only those that were ticked are answered; the card stays until the others are.
    const doubts = [...form.querySelectorAll("input[name=at]:checked")].map((one) => one.dataset.doubt);
    change({ ...asked, entity: "", doubts: doubts.join(" ") });
  },
  category: (form, values) => settle({ act: "category", category: values.get("category") }),
  part: (form, values) => change({ act: "part", part: values.get("part") }),
  merge: (form, values) => settle({ act: "merge", other: values.get("other") }),
  accept: (form, values) => {
    const [every, ticked] = ids("finding");
    const asked = { act: "accept", reason: values.get("reason"), doubts: ticked.join(" ") };
    if (ticked.length === every.length) { settle(asked); } else { change({ ...asked, entity: "" }); }
  },
  split: (form, values) => change({ act: "split", places: values.getAll("at").map(JSON.parse) }),
  pseudonym: (form, values) => change({ act: "pseudonym", words: values.get("words") }),
  note: (form, values) => change({ act: "note", words: values.get("words") }),
  add: (form, values) => change({
    act: "add", entity: "", words: values.get("words"), category: values.get("category"), other: values.get("other") ?? "",
    ...(selected.length ? { places: selected } : {}),
  }),
  describe: (form, values) => change({ act: "describe", words: values.get("words"), places: selected }),
  remove: (form, values) => change({ act: "remove", reason: values.get("reason"), places: selected }),
};

document.addEventListener("submit", (event) => {
  const name = event.target.dataset.dialog;
  if (name && event.submitter?.value === "ok") {
    const values = new FormData(event.target);
    if (name === "keep" && !values.has("at")) { event.preventDefault(); return; }
    DONE[name](event.target, values);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button && ACTS[button.dataset.act]) { event.preventDefault(); ACTS[button.dataset.act](button); return; }
  if (event.target.closest(".cancel")) { event.target.closest("dialog").close(); return; }
  const mark = event.target.closest(".segment mark[data-entity]");
  if (mark?.dataset.entity && getSelection().isCollapsed) { location.assign(`/thing/${mark.dataset.entity}`); return; }
  if (event.target.closest("#help-button")) { $("#dialog-help").showModal(); return; }
  if (event.target.closest("#originals")) { originals(); return; }
  if (event.target.closest("[data-print]")) { print(); }
});

async function originals() {
  views.forget();
  const found = await post("/originals", { on: $("#originals").getAttribute("aria-pressed") !== "true" });
  $("#originals").setAttribute("aria-pressed", String(found.on));
  say(found.on ? "Originals are shown; this is noted once in the log." : "Originals are hidden.");
  await show(location.pathname + location.search, false);
}

// Held, not pressed: the originals of what is at hand, until the key is let go. That is the mark with the focus; or the
// whole card, with its passages and with those who could be meant; or the turn with the focus or under the mouse.
function atHand() {
  const focused = document.activeElement?.closest?.(".segment mark");
  const root = focused ?? card() ?? document.activeElement?.closest?.(".segment") ?? $(".segment:hover");
  if (!root) { return { places: [], things: [] }; }
  const within = (selector) => [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  const places = [
    ...within(".place").map((one) => ({ at: JSON.parse(one.dataset.at), shows: $(".here", one) })),
    ...within("mark[data-start]").filter((one) => one.closest(".segment")).map((one) => ({
      at: [codeOf(one), Number(one.closest(".segment").dataset.segment), Number(one.dataset.start), Number(one.dataset.end)],
      shows: one,
    })),
  ].filter((one) => one.shows);
  const things = within("[data-act=merge-with]").map((one) => ({ id: one.dataset.other, shows: one }));
  if (root.dataset.entity && root === card()) { things.push({ id: root.dataset.entity, shows: $("#card-title") }); }
  return { places, things };
}

async function hold() {
  if (held) { return; }
  const { places: spots, things } = atHand();
  if (!spots.length && !things.length) { return; }
  held = true;
  const found = await post("/originals", { places: spots.map((one) => one.at), things: things.map((one) => one.id) });
  if (!held || !found.texts) { return; }
  spots.forEach((one, number) => original(one.shows, found.texts[number]));
  things.forEach((one, number) => original(one.shows, found.forms[number]?.join(", ")));
}

function original(where, words) {
  if (!words) { return; }
  const shown = document.createElement("span");
  shown.className = "original held";
  shown.textContent = words;
  where.append(" ", shown);
}
function release() { held = false; document.querySelectorAll(".held").forEach((one) => one.remove()); }

const KEYS = { e: "mend", k: "keep", c: "category", p: "part", m: "merge", s: "split", n: "pseudonym", a: "add", d: "describe", x: "remove",
  j: "skip", t: "transcript", o: "note", f: "flag", u: "undo", r: "redo" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) { return; }
  const dialog = $("dialog[open]");
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  if (dialog) {
    if (event.repeat && event.key === "Enter") { event.preventDefault(); return; }
    if (!typing && /^[0-9]$/.test(event.key)) {
      const number = event.key === "0" ? 9 : Number(event.key) - 1;
      const radio = dialog.querySelectorAll("input[type=radio]")[number];
      if (radio) { radio.checked = true; radio.focus(); event.preventDefault(); }
    }
    return;
  }
  // A key that is held acts once: what it would decide next was not looked at.
  if (event.repeat && !typing) {
    if (event.key === "Enter") { event.preventDefault(); }
    return;
  }
  if (typing || state().shortcuts !== "yes") { return; }
  if (event.key === "?") { $("#dialog-help")?.showModal(); event.preventDefault(); return; }
  if (event.key === "Enter") { enter(event); return; }
  const key = event.key.toLowerCase();
  if (key === "h") { hold(); return; }
  if (key === "b" && onQueue()) { history.back(); return; }
  if (/^[1-9]$/.test(key)) { card()?.querySelectorAll(".candidates button")[Number(key) - 1]?.click(); return; }
  const scope = card() || $("#transcript");
  const second = state().second === "yes" && { k: "second-keep", c: "second-other" }[key];
  const name = second || KEYS[key];
  const button = name && scope && $(`[data-act="${name}"]`, scope);
  if (button) { event.preventDefault(); button.click(); }
});

function enter(event) {
  const mark = event.target.closest?.("mark[data-entity]");
  if (mark?.dataset.entity) { location.assign(`/thing/${mark.dataset.entity}`); return; }
  if (event.target.closest("a, button, summary")) { return; }
  const primary = card() && $(".acts .primary", card());
  if (primary) { event.preventDefault(); primary.click(); }
}

document.addEventListener("keyup", (event) => { if (event.key.toLowerCase() === "h") { release(); } });
addEventListener("blur", release);

// Marks in a transcript can be reached and opened by keyboard.
function reachable() {
  for (const mark of document.querySelectorAll(".segment mark[data-entity]")) {
    if (mark.dataset.entity && !mark.hasAttribute("tabindex")) { mark.tabIndex = 0; mark.setAttribute("role", "link"); }
  }
}
new MutationObserver(reachable).observe(main(), { childList: true });
reachable();

$("#dialog-add")?.addEventListener("change", (event) => {
  if (event.target.name === "category") { choices($("#dialog-add select[name=other]"), "", event.target.value); }
});

$("#shortcuts")?.addEventListener("change", (event) => {
  const form = new URLSearchParams({ csrf: state().csrf, shortcuts: event.target.checked ? "yes" : "no" });
  state().shortcuts = event.target.checked ? "yes" : "no";
  fetch("/settings", { method: "POST", body: form });
});

// Work under way: a bar, and onwards when it is over.
async function wait() {
  const waiting = $("#waiting");
  const bar = $("#progress");
  if (!waiting || !bar) { return; }
  const job = await jobNow();
  if (job.silent) { setTimeout(wait, 3000); return; }
  if (job.total) { bar.max = job.total; bar.value = job.done; }
  if (job.over) { location.replace(job.wrong ? "/wait" : waiting.dataset.to); return; }
  setTimeout(wait, 100);
}
wait();
settling();
if (onQueue()) { $("#card-title")?.focus(); }
