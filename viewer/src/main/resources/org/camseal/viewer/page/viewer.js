// The viewer's page: puts player, timeline and details together. Everything it shows about trust was found by the viewer process behind
// it; the page itself checks nothing.

import { showDemo } from "./demo.js";
import { showDetails } from "./details.js";
import { Player } from "./player.js";
import { Timeline } from "./timeline.js";
import { clockMs, fullTime, LOOK_WORDS, LOOKS, lookOf, STATE_WORDS } from "./words.js";

/** @typedef {import("./words.js").Group} Group */

/** @template {HTMLElement} T @param {string} id @returns {T} */
const $ = (id) => /** @type {T} */ (document.getElementById(id));

const video = /** @type {HTMLVideoElement} */ ($("video"));
const page = {
  camera: "",
  live: true,
  windowMs: 120_000,
  /** end of the timeline's window; null while it follows the present @type {number|null} */
  windowEnd: null,
  /** @type {Map<string, Group>} */
  groups: new Map(),
  /** @type {import("./timeline.js").Gap[]} */
  gaps: [],
  /** @type {Group|null} */
  pinned: null,
  /** @type {number|null} */
  playhead: null,
  /** UTC of the recorder minus our own clock */
  skewMs: 0,
  alarmUntil: 0,
};

const player = new Player(video, {
  onState: (state, detail) => veil(state, detail),
  onGroup: (group) => arrived(group),
  onTime: (utcMs) => showTime(utcMs),
  onGap: (gap) => toast(`Nothing was recorded from ${clockMs(Date.parse(gap.from))} to ${clockMs(Date.parse(gap.to))}`),
});
const timeline = new Timeline($("strip"), {
  onSelect: (group) => pin(group),
  onPlay: (utcMs) => playFrom(utcMs),
});

/** @param {number} [utcMs] */
function goLive(utcMs) {
  void utcMs;
  page.live = true;
  page.pinned = null;
  page.windowEnd = null;
  modes();
  player.playLive(page.camera);
  loadTimeline();
}

/** @param {number} utcMs */
function playFrom(utcMs) {
  page.live = false;
  modes();
  player.playFrom(page.camera, utcMs);
}

function modes() {
  $("go-live").setAttribute("aria-pressed", String(page.live));
  $("go-recorded").setAttribute("aria-pressed", String(!page.live));
  $("stamp-mode").textContent = page.live ? "LIVE" : "RECORDED";
  $("screen").classList.toggle("is-live", page.live);
  document.body.classList.toggle("is-paused", player.paused);
  $("play").setAttribute("aria-label", player.paused ? "Play" : "Pause");
}

/** @param {string|null} state @param {string} detail */
function veil(state, detail) {
  const box = $("veil");
  box.hidden = state === null;
  if (state === null) return;
  const words = STATE_WORDS[state] ?? { title: state, text: "" };
  $("veil-title").textContent = words.title;
  $("veil-text").textContent = detail || words.text;
  box.dataset.state = state;
}

/** @param {number} utcMs */
function showTime(utcMs) {
  page.playhead = utcMs;
  $("stamp").textContent = clockMs(utcMs);
  $("time").textContent = fullTime(utcMs);
  timeline.setPlayhead(utcMs);
  const known = player.groupNow();
  const group = known ? (page.groups.get(known.id) ?? known) : groupAt(utcMs);
  badge(group);
  if (!page.pinned) details(group ?? newest());
}

/** The mark in the corner of the picture, and the cover over a forged stretch. @param {Group|null} group */
function badge(group) {
  const look = group ? lookOf(group) : null;
  const box = $("badge");
  box.hidden = look === null || look === "unchecked";
  if (look && !box.hidden) {
    box.className = `badge look-${look}`;
    /** @type {HTMLElement} */ (box.firstElementChild).textContent = LOOK_WORDS[look].symbol;
    /** @type {HTMLElement} */ (box.lastElementChild).textContent = LOOK_WORDS[look].short;
  }
  const alarming = look === "forged" || Date.now() < page.alarmUntil;
  $("alarm").hidden = !alarming;
  $("screen").classList.toggle("is-alarmed", alarming);
}

/** A verdict that came with what is being played. @param {Group} group */
function arrived(group) {
  merge(group);
  // When live, the verdict comes up to two seconds behind the picture: the alarm then stands over what follows for a while.
  if (page.live && lookOf(group) === "forged") page.alarmUntil = Date.now() + 5000;
}

/** @param {Group} group */
function merge(group) {
  const old = page.groups.get(group.id);
  if (old && !group.recorder && old.recorder) group = { ...group, recorder: old.recorder };
  page.groups.set(group.id, group);
  drawSoon();
}

let drawing = 0;
function drawSoon() {
  if (drawing) return;
  drawing = requestAnimationFrame(() => {
    drawing = 0;
    draw();
  });
}

function draw() {
  const end = page.windowEnd ?? Date.now() + page.skewMs;
  const start = end - page.windowMs;
  const groups = [...page.groups.values()]
    .filter((group) => Date.parse(group.end) > start && Date.parse(group.start) < end)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  timeline.show(start, end, groups, page.gaps);
  timeline.setPlayhead(page.playhead);
  if (page.pinned) details(page.groups.get(page.pinned.id) ?? page.pinned);
}

/** @param {number} utcMs @returns {Group|null} */
function groupAt(utcMs) {
  for (const group of page.groups.values()) {
    if (utcMs >= Date.parse(group.start) && utcMs < Date.parse(group.end)) return group;
  }
  return null;
}

function newest() {
  let found = null;
  for (const group of page.groups.values()) if (!found || group.start > found.start) found = group;
  return found;
}

let shown = "";
/** @param {Group|null} group */
function details(group) {
  const key = JSON.stringify([group, page.pinned?.id]);
  if (key === shown) return;
  shown = key;
  showDetails($("details"), group, {
    camera: page.camera,
    pinned: page.pinned !== null,
    onUnpin: () => {
      page.pinned = null;
      timeline.select(null);
      details(page.playhead === null ? newest() : groupAt(page.playhead));
    },
    onPlay: playFrom,
  });
}

/** @param {Group} group */
function pin(group) {
  page.pinned = group;
  details(group);
}

async function loadTimeline() {
  const end = page.windowEnd ?? Date.now() + page.skewMs + 5000;
  const url = `api/cameras/${encodeURIComponent(page.camera)}/timeline?from=${new Date(end - page.windowMs - 5000).toISOString()}&to=${new Date(end).toISOString()}`;
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    /** @type {{groups: Group[], gaps: import("./timeline.js").Gap[], now: string}} */
    const body = await answer.json();
    page.skewMs = Date.parse(body.now) - Date.now();
    const start = end - page.windowMs - 5000;
    for (const [id, group] of page.groups) {
      const t = Date.parse(group.start);
      if ((t >= start && t < end) || t < Date.now() - 2 * 3600_000) page.groups.delete(id);
    }
    for (const group of body.groups) page.groups.set(group.id, group);
    page.gaps = body.gaps;
    drawSoon();
  } catch {
    link(false);
  }
}

/** @param {boolean} up @param {string} [text] */
function link(up, text) {
  $("link").classList.toggle("is-up", up);
  /** @type {HTMLElement} */ ($("link").lastElementChild).textContent = text ?? (up ? "recorder connected" : "not connected");
}

function listen() {
  const events = new EventSource("api/events");
  events.addEventListener("open", () => link(true));
  events.addEventListener("error", () => link(false));
  events.addEventListener("group", (event) => {
    const body = JSON.parse(/** @type {MessageEvent} */ (event).data);
    if (body.camera === page.camera) merge(body.group);
  });
  events.addEventListener("changed", (event) => {
    const body = JSON.parse(/** @type {MessageEvent} */ (event).data);
    if (body.camera === page.camera) loadTimeline();
  });
  events.addEventListener("recorder", (event) => {
    const body = JSON.parse(/** @type {MessageEvent} */ (event).data);
    link(body.reachable, body.text);
  });
}

/** @param {string} text */
function toast(text) {
  const made = document.createElement("div");
  made.className = "toast";
  made.setAttribute("role", "status");
  made.textContent = text;
  document.body.append(made);
  setTimeout(() => made.remove(), 6000);
}

function legend() {
  $("legend").replaceChildren(
    ...LOOKS.map((look) => {
      const item = document.createElement("li");
      const mark = document.createElement("span");
      mark.className = `mark look-${look}`;
      mark.textContent = LOOK_WORDS[look].symbol;
      mark.setAttribute("aria-hidden", "true");
      item.append(mark, LOOK_WORDS[look].short);
      return item;
    }),
  );
}

function controls() {
  $("go-live").addEventListener("click", () => goLive());
  $("go-recorded").addEventListener("click", () => playFrom((page.playhead ?? Date.now() + page.skewMs) - 10_000));
  $("back").addEventListener("click", () => playFrom((page.playhead ?? Date.now() + page.skewMs) - 10_000));
  $("forward").addEventListener("click", () => playFrom((page.playhead ?? Date.now() + page.skewMs) + 10_000));
  $("play").addEventListener("click", toggle);
  $("sound").addEventListener("click", () => {
    video.muted = !video.muted;
    document.body.classList.toggle("is-loud", !video.muted);
    $("sound").setAttribute("aria-pressed", String(!video.muted));
    $("sound").setAttribute("aria-label", video.muted ? "Sound on" : "Sound off");
  });
  $("full").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : $("screen").requestFullscreen()));
  $("camera").addEventListener("change", (event) => choose(/** @type {HTMLSelectElement} */ (event.target).value));
  for (const button of document.querySelectorAll("[data-window]")) {
    button.addEventListener("click", () => {
      page.windowMs = Number(/** @type {HTMLElement} */ (button).dataset.window) * 1000;
      for (const other of document.querySelectorAll("[data-window]")) other.setAttribute("aria-pressed", String(other === button));
      loadTimeline();
    });
  }
  $("earlier").addEventListener("click", () => shift(-0.5));
  $("later").addEventListener("click", () => shift(0.5));
  $("now").addEventListener("click", () => {
    page.windowEnd = null;
    loadTimeline();
  });
  $("theme").addEventListener("click", theme);
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "k" && !event.ctrlKey && !event.metaKey && target.tagName !== "INPUT" && target.tagName !== "SELECT") toggle();
  });
}

function toggle() {
  if (player.paused) player.resume();
  else player.pause();
  modes();
}

/** @param {number} windows */
function shift(windows) {
  const now = Date.now() + page.skewMs;
  const end = (page.windowEnd ?? now) + windows * page.windowMs;
  page.windowEnd = end >= now ? null : end;
  loadTimeline();
}

function theme() {
  const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark") && document.documentElement.dataset.theme !== "light";
  const now = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches || dark === undefined ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  localStorage.setItem("camseal-theme", next);
}

function exporting() {
  const dialog = /** @type {HTMLDialogElement} */ ($("export-dialog"));
  const from = /** @type {HTMLInputElement} */ ($("export-from"));
  const to = /** @type {HTMLInputElement} */ ($("export-to"));
  $("export").addEventListener("click", () => {
    const middle = page.pinned ? Date.parse(page.pinned.start) : (page.playhead ?? Date.now() + page.skewMs);
    from.value = new Date(middle - 10_000).toISOString().slice(0, 19);
    to.value = new Date(Math.min(middle + 10_000, Date.now() + page.skewMs)).toISOString().slice(0, 19);
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "go") return;
    const form = new FormData(/** @type {HTMLFormElement} */ (dialog.querySelector("form"))).get("form");
    const link = document.createElement("a");
    link.href = `api/cameras/${encodeURIComponent(page.camera)}/export?form=${form}&from=${from.value}Z&to=${to.value}Z`;
    link.download = "";
    link.click();
  });
}

/** @param {string} camera */
function choose(camera) {
  page.camera = camera;
  page.groups.clear();
  page.gaps = [];
  page.playhead = null;
  goLive();
}

async function begin() {
  const saved = localStorage.getItem("camseal-theme");
  if (saved) document.documentElement.dataset.theme = saved;
  legend();
  controls();
  exporting();
  const answer = await fetch("api/state");
  /** @type {{cameras: {name: string}[], demo: boolean}} */
  const state = await answer.json();
  const select = /** @type {HTMLSelectElement} */ ($("camera"));
  select.replaceChildren(...state.cameras.map((camera) => new Option(camera.name, camera.name)));
  listen();
  const first = state.cameras[0];
  if (!first) {
    veil("nothing", "The recorder has no camera.");
    return;
  }
  choose(first.name);
  setInterval(loadTimeline, 5000);
  setInterval(() => page.windowEnd === null && drawSoon(), 500);
  if (state.demo) {
    showDemo($("demo"), { camera: () => page.camera, target: () => target(), onAltered: () => loadTimeline() });
  }
}

/** Where the demonstration alters: in the chosen group, or eight seconds ago, which is surely on the disk. @returns {number|null} */
function target() {
  if (page.pinned) return (Date.parse(page.pinned.start) + Date.parse(page.pinned.end)) / 2;
  const whole = [...page.groups.values()].filter((group) => Date.parse(group.end) < Date.now() + page.skewMs - 6000);
  const last = whole.sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).at(-1);
  return last ? (Date.parse(last.start) + Date.parse(last.end)) / 2 : null;
}

begin().catch(() => veil("lost", ""));
