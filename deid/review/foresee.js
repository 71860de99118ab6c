// What an act changes on this screen, before the server has answered. The answer takes its place; a refusal is said, and
// the screen is then as the server has it. It keeps nothing beyond this page.
"use strict";

const COMING = "[…]"; // words that only the pipeline knows
const MOST_VIEWS = 40;

// Screens as they stood before the acts of this page, so that taking back need not wait. A refusal forgets them all.
// Of a transcript, which is long, only the lines that an act was about are kept.
const views = {
  past: [],
  taken: [],
  now(lines) {
    release();
    const parts = lines ? lines.map((id) => document.getElementById(id)) : [main()];
    return { lines, parts: parts.map((one) => one.cloneNode(true)), address: here() };
  },
  keep(places = []) {
    const lines = $("#transcript:not(.passage)") && places.map((one) => `s${one[1]}`).filter((id) => document.getElementById(id));
    this.past = [...this.past, this.now(lines)].slice(-MOST_VIEWS);
    this.taken = [];
  },
  forget() { this.past = []; this.taken = []; },
  back() { return this.turn(this.past, this.taken); },
  forth() { return this.turn(this.taken, this.past); },
  restore(view) {
    for (const part of view?.parts ?? []) { document.getElementById(part.id)?.replaceChildren(...part.childNodes); }
  },
  turn(from, to) {
    const view = from.pop();
    if (!view) { return ""; }
    to.push(this.now(view.lines));
    this.restore(view);
    if (!view.lines) { ($("#card-title") || main()).focus(); }
    return view.address;
  },
};

function foresee(asked) {
  FORESEEN[asked.act]?.(asked);
  getSelection().removeAllRanges();
}

const FORESEEN = {
  part: ({ part }) => {
    const chip = $(".kicker .part", card()) || $(".kicker", card()).appendChild(element("span", "chip part"));
    chip.textContent = part;
  },
  category: ({ category }) => {
    const chip = $(".kicker .chip", card());
    if (chip) { chip.replaceWith(element("span", `chip cat-${category}`, category.toLowerCase())); }
    renamed(COMING);
  },
  pseudonym: ({ words }) => renamed(words),
  merge: ({ other }) => renamed($(`#dialog-merge option[value="${CSS.escape(other)}"]`)?.textContent ?? COMING),
  split: ({ places }) => leave(places),
  keep: ({ places }) => leave(places),
  accept: ({ doubts }) => {
    for (const id of doubts.split(" ")) { $(`#card input[name=finding][value="${CSS.escape(id)}"]`)?.closest("li").remove(); }
  },
  confirm: () => { for (const one of document.querySelectorAll("#card .here:not(.rep)")) { one.textContent = COMING; } },
  add: ({ places, category }) => reworded(places, COMING, category),
  describe: ({ places, words }) => reworded(places, `[${words.trim().replace(/^\[+|\]+$/g, "")}]`),
  remove: ({ places, reason }) => reworded(places, `[passage removed ${reason}]`),
  note: () => say("It is being written down."),
  flag: () => say("It is being written down."),
};

function element(name, classes, words = "") {
  const made = document.createElement(name);
  made.className = classes;
  made.textContent = words;
  return made;
}

// The thing of this card reads otherwise, wherever the card shows it.
function renamed(words) {
  const token = card().dataset.token;
  const texts = document.createTreeWalker(card(), NodeFilter.SHOW_TEXT);
  while (token && texts.nextNode()) {
    if (texts.currentNode.data.includes(token)) { texts.currentNode.data = texts.currentNode.data.replaceAll(token, words); }
  }
}

// These mentions are no longer of this card.
function leave(places) {
  const gone = new Set(places.map(String));
  for (const one of document.querySelectorAll("#card .places > .place")) {
    if (gone.has(String(JSON.parse(one.dataset.at)))) { one.remove(); }
  }
}

// Selected stretches read otherwise. What they meet of replacements goes with them, as it will in the study.
function reworded(places, words, category = "TRAIT") {
  for (const [code, segment, start, end] of places ?? []) {
    const lines = [...document.querySelectorAll(`#transcript .segment[data-segment="${segment}"]`)];
    const line = lines.find((one) => codeOf(one) === code);
    if (line) { stand(line, start, end, words, category); }
  }
}

function stand(line, start, end, words, category) {
  const from = (one) => Number(one.dataset.start);
  const to = (one) => Number(one.dataset.end);
  const met = [...line.children].filter((one) => from(one) < end && start < to(one));
  if (!met.length) { return; }
  const marks = met.filter((one) => one.tagName === "MARK");
  const first = Math.min(start, ...marks.map(from));
  const last = Math.max(end, ...marks.map(to));
  const mark = element("mark", `rep cat-${category}`, words);
  Object.assign(mark.dataset, { start: first, end: last, entity: "" });
  met[0].before(...rest(met[0], from(met[0]), first), mark, ...rest(met.at(-1), last, to(met.at(-1))));
  for (const one of met) { one.remove(); }
}

// What is left of a plain stretch between two places; a replacement goes whole.
function rest(piece, start, end) {
  if (piece.tagName === "MARK" || start >= end) { return []; }
  const own = Number(piece.dataset.start);
  const made = element("span", "", [...piece.textContent].slice(start - own, end - own).join(""));
  Object.assign(made.dataset, { start, end });
  return [made];
}
