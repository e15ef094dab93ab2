// What is known about one group of pictures, in plain words: two questions (untouched? ours?), then the facts, then where the recorder
// says otherwise.

import { clock, findingShort, fullTime, LOOK_WORDS, lookOf, oursWords, untouchedWords } from "./words.js";

/** @typedef {import("./words.js").Group} Group */

/**
 * @param {HTMLElement} root
 * @param {Group|null} group
 * @param {{camera: string, pinned: boolean, onUnpin: () => void, onPlay: (utcMs: number) => void}} context
 */
export function showDetails(root, group, context) {
  if (!group) {
    root.replaceChildren(heading("Nothing chosen"), paragraph("Choose a stretch on the timeline to see what is known about it."));
    return;
  }
  const look = lookOf(group);
  const title = heading(LOOK_WORDS[look].long);
  const symbol = document.createElement("span");
  symbol.className = `mark look-${look}`;
  symbol.textContent = LOOK_WORDS[look].symbol;
  symbol.setAttribute("aria-hidden", "true");
  const head = node("div", "details-head", symbol, title);
  const when = paragraph(`${fullTime(Date.parse(group.start))} to ${clock(group.end)}`);
  when.className = "when";
  root.replaceChildren(head, when, ...questions(group), facts(group, context.camera), ...difference(group), buttons(group, context));
}

/** @param {Group} group */
function questions(group) {
  const finding = group.own;
  if (!finding) return [paragraph("This viewer checks it in a moment; until then the strip shows it hollow.")];
  const list = node("dl", "questions");
  list.append(...entry("Untouched?", untouchedWords(finding)), ...entry("Ours?", oursWords(finding)));
  const parts = [list];
  if (finding.detail) {
    const reason = node("p", "reason", finding.detail);
    parts.push(/** @type {any} */ (reason));
  }
  return parts;
}

/** @param {Group} group @param {string} camera */
function facts(group, camera) {
  const finding = group.own ?? group.recorder;
  const list = node("dl", "facts");
  list.append(...entry("Camera", finding?.serial ?? camera));
  if (finding) {
    list.append(...entry("Pictures", String(finding.pictures)), ...entry("Sound frames", String(finding.sounds)));
    if (finding.reason) list.append(...entry("Reason", finding.reason.toLowerCase().replaceAll("_", " ")));
  }
  if (group.number >= 0) list.append(...entry("Signature", `number ${group.number}`));
  if (group.source) list.append(...entry("Looked at", group.source === "stored" ? "the stored recording" : "the stream as it arrived"));
  return list;
}

/** @param {Group} group */
function difference(group) {
  if (!group.recorder) return [];
  if (!group.differs || !group.own) return [node("p", "agree", `The recorder said on arrival: ${findingShort(group.recorder)}.`)];
  const box = node("div", "differ");
  box.append(
    node("b", "", "Recorder and viewer differ"),
    node("p", "", `On arrival the recorder found: ${findingShort(group.recorder)}. What it hands out now is: ${findingShort(group.own)}. So it was changed after it was recorded.`),
  );
  return [box];
}

/** @param {Group} group @param {{pinned: boolean, onUnpin: () => void, onPlay: (utcMs: number) => void}} context */
function buttons(group, context) {
  const row = node("div", "actions");
  const play = node("button", "button", "Play from here");
  play.addEventListener("click", () => context.onPlay(Date.parse(group.start)));
  row.append(play);
  if (context.pinned) {
    const follow = node("button", "button quiet", "Follow playback");
    follow.addEventListener("click", context.onUnpin);
    row.append(follow);
  }
  return row;
}

/** @param {string} text */
function heading(text) {
  const made = node("h2", "", text);
  made.id = "details-title";
  return made;
}

/** @param {string} text */
function paragraph(text) {
  return node("p", "", text);
}

/** @param {string} term @param {string} text */
function entry(term, text) {
  return [node("dt", "", term), node("dd", "", text)];
}

/** @param {string} name @param {string} className @param {...(Node|string)} children */
export function node(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
