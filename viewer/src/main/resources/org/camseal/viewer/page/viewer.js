// The viewer's page: puts player, timeline and details together. Everything it shows about trust was found by the viewer process behind
// it; the page itself checks nothing.

import { el, getJson, listen, need, replace } from '/camseal/dom.js';
import { showDemo } from './demo.js';
import { showDetails } from './details.js';
import { Player } from './player.js';
import { Timeline } from './timeline.js';
import { clock, fullTime, LOOK_WORDS, LOOKS, lookOf, STATE_WORDS } from './words.js';

/** @typedef {import('./words.js').Group} Group */
/** @typedef {import('./timeline.js').Gap} Gap */

const KEEP_GROUPS_MS = 2 * 3600_000;
/** How long the alarm of a live stretch stays: its verdict comes when it has already been shown. */
const ALARM_MS = 5000;

const video = /** @type {HTMLVideoElement} */ (need('#video'));
const page = {
  camera: '',
  live: true,
  windowMs: 120_000,
  /** end of the timeline's window; null while it follows the present @type {number|null} */
  windowEnd: null,
  /** @type {Map<string, Group>} */
  groups: new Map(),
  /** @type {Gap[]} */
  gaps: [],
  /** @type {Group|null} */
  pinned: null,
  /** @type {number|null} */
  playhead: null,
  /** the recorder's clock minus our own */
  skewMs: 0,
  alarmUntil: 0,
};

const player = new Player(video, {
  onState: veil,
  onGroup: arrived,
  onTime: showTime,
  onGap: (gap) => toast(`Nothing was recorded from ${clock(gap.from)} to ${clock(gap.to)} UTC`),
});
const timeline = new Timeline(need('#strip'), { onSelect: pin, onPlay: playFrom });

const now = () => Date.now() + page.skewMs;

function goLive() {
  page.live = true;
  page.pinned = null;
  page.windowEnd = null;
  timeline.select(null);
  player.playLive(page.camera);
  modes();
  loadTimeline();
}

/** @param {number} utcMs */
function playFrom(utcMs) {
  page.live = false;
  page.alarmUntil = 0;
  player.playFrom(page.camera, utcMs);
  modes();
}

function modes() {
  need('#go-live').setAttribute('aria-pressed', String(page.live));
  need('#go-recorded').setAttribute('aria-pressed', String(!page.live));
  need('#stamp-mode').textContent = page.live ? 'LIVE' : 'RECORDED';
  need('#screen').classList.toggle('is-live', page.live);
  document.body.classList.toggle('is-paused', player.paused);
  need('#play').setAttribute('aria-label', player.paused ? 'Play' : 'Pause');
}

/** @param {string|null} state @param {string} detail */
function veil(state, detail) {
  const box = need('#veil');
  box.hidden = state === null;
  if (state === null) return;
  const words = STATE_WORDS[state] ?? { title: state, text: detail };
  need('#veil-title').textContent = words.title;
  need('#veil-text').textContent = words.text;
  box.title = detail;
  box.dataset.state = state;
}

/** @param {number} utcMs */
function showTime(utcMs) {
  page.playhead = utcMs;
  need('#stamp').textContent = clock(utcMs);
  need('#time').textContent = fullTime(utcMs);
  timeline.setPlayhead(utcMs);
  const played = player.groupNow();
  const group = played ? (page.groups.get(played.id) ?? played) : groupAt(utcMs);
  mark(group);
  if (!page.pinned) details(group ?? newest());
}

/** The mark in the corner of the picture, and the cover over a forged stretch. @param {Group|null} group */
function mark(group) {
  const look = group ? lookOf(group) : null;
  const box = need('#badge');
  box.hidden = look === null || look === 'unchecked';
  if (look && !box.hidden) {
    box.className = `on-screen look-${look}`;
    replace(need('span', box), LOOK_WORDS[look].symbol);
    replace(need('b', box), LOOK_WORDS[look].short);
  }
  const alarming = look === 'forged' || Date.now() < page.alarmUntil;
  need('#alarm').hidden = !alarming;
}

/** A verdict that came with what is being played. @param {Group} group */
function arrived(group) {
  merge(group);
  if (page.live && lookOf(group) === 'forged') page.alarmUntil = Date.now() + ALARM_MS;
}

/** @param {Group} group */
function merge(group) {
  const old = page.groups.get(group.id);
  page.groups.set(group.id, old?.recorder && !group.recorder ? { ...group, recorder: old.recorder, differs: old.differs } : group);
  drawSoon();
}

let drawing = 0;
function drawSoon() {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    draw();
  });
}

function draw() {
  const end = page.windowEnd ?? now();
  const start = end - page.windowMs;
  const groups = [...page.groups.values()]
    .filter((group) => Date.parse(group.end) > start && Date.parse(group.start) < end)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  timeline.show(start, end, groups, page.gaps);
  if (page.pinned) details(page.groups.get(page.pinned.id) ?? page.pinned);
}

/** @param {number} utcMs @returns {Group|null} */
function groupAt(utcMs) {
  for (const group of page.groups.values()) {
    if (utcMs >= Date.parse(group.start) && utcMs < Date.parse(group.end)) return group;
  }
  return null;
}

/** @returns {Group|null} */
function newest() {
  /** @type {Group|null} */
  let found = null;
  for (const group of page.groups.values()) if (!found || group.start > found.start) found = group;
  return found;
}

let shown = '';
/** @param {Group|null} group */
function details(group) {
  const key = JSON.stringify([group, page.pinned?.id]);
  if (key === shown) return;
  shown = key;
  showDetails(need('#details'), group, {
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
  const camera = page.camera;
  const end = page.windowEnd ?? now() + 5000;
  const start = end - page.windowMs - 10_000;
  const url = `api/cameras/${encodeURIComponent(camera)}/timeline?from=${new Date(start).toISOString()}&to=${new Date(end).toISOString()}`;
  try {
    /** @type {{groups: Group[], gaps: Gap[], now: string}} */
    const body = await getJson(url);
    if (camera !== page.camera) return;
    page.skewMs = Date.parse(body.now) - Date.now();
    const newest = Math.max(0, ...body.groups.map((group) => Date.parse(group.end)));
    for (const [id, group] of page.groups) {
      const at = Date.parse(group.start);
      if ((at >= start && at < newest) || at < now() - KEEP_GROUPS_MS) page.groups.delete(id);
    }
    for (const group of body.groups) page.groups.set(group.id, group);
    page.gaps = body.gaps;
    link(true);
    drawSoon();
  } catch (error) {
    link(false, error instanceof Error ? error.message : String(error));
  }
}

/** @param {boolean} up @param {string} [text] */
function link(up, text) {
  need('#link').classList.toggle('is-up', up);
  need('#link span').textContent = up ? 'recorder connected' : (text ?? 'no answer');
}

/** @param {string} text */
function toast(text) {
  const made = el('div', { class: 'toast', role: 'status' }, text);
  document.body.append(made);
  setTimeout(() => made.remove(), 6000);
}

function toggle() {
  if (player.paused) player.resume();
  else player.pause();
  modes();
}

/** @param {number} windows */
function shift(windows) {
  const end = (page.windowEnd ?? now()) + windows * page.windowMs;
  page.windowEnd = end >= now() ? null : end;
  drawSoon();
  loadTimeline();
}

function controls() {
  /** @param {string} selector @param {() => void} action */
  const click = (selector, action) => need(selector).addEventListener('click', action);
  const here = () => page.playhead ?? now();
  click('#go-live', goLive);
  click('#go-recorded', () => playFrom(here() - 10_000));
  click('#back', () => playFrom(here() - 10_000));
  click('#forward', () => (here() + 10_000 > now() - 4000 ? goLive() : playFrom(here() + 10_000)));
  click('#play', toggle);
  click('#earlier', () => shift(-0.5));
  click('#later', () => shift(0.5));
  click('#now', () => shift(Infinity));
  click('#sound', () => {
    video.muted = !video.muted;
    document.body.classList.toggle('is-loud', !video.muted);
    need('#sound').setAttribute('aria-pressed', String(!video.muted));
    need('#sound').setAttribute('aria-label', video.muted ? 'Sound on' : 'Sound off');
  });
  click('#full', () => (document.fullscreenElement ? document.exitFullscreen() : need('#screen').requestFullscreen()));
  need('#camera').addEventListener('change', (event) => choose(/** @type {HTMLSelectElement} */ (event.target).value));
  const windows = document.querySelectorAll('[data-window]');
  for (const button of windows) {
    button.addEventListener('click', () => {
      page.windowMs = Number(/** @type {HTMLElement} */ (button).dataset.window) * 1000;
      for (const other of windows) other.setAttribute('aria-pressed', String(other === button));
      drawSoon();
      loadTimeline();
    });
  }
  document.addEventListener('keydown', (event) => {
    const inField = /** @type {HTMLElement} */ (event.target).matches('input, select, textarea');
    if (event.key === 'k' && !event.ctrlKey && !event.metaKey && !inField) toggle();
  });
}

function exporting() {
  const dialog = /** @type {HTMLDialogElement} */ (need('#export-dialog'));
  const from = /** @type {HTMLInputElement} */ (need('#export-from'));
  const to = /** @type {HTMLInputElement} */ (need('#export-to'));
  need('#export').addEventListener('click', () => {
    const middle = page.pinned ? Date.parse(page.pinned.start) : (page.playhead ?? now());
    from.value = new Date(middle - 10_000).toISOString().slice(0, 19);
    to.value = new Date(Math.min(middle + 10_000, now() - 3000)).toISOString().slice(0, 19);
    dialog.showModal();
  });
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'go') return;
    const form = new FormData(/** @type {HTMLFormElement} */ (need('form', dialog))).get('form');
    const [begin, end] = [from, to].map((field) => new Date(`${field.value}Z`).toISOString());
    el('a', { href: `api/cameras/${encodeURIComponent(page.camera)}/export?form=${form}&from=${begin}&to=${end}`, download: true }).click();
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

/** Where the demonstration alters: in the chosen group, or some seconds ago, which is surely on the disk. @returns {number|null} */
function target() {
  const middle = (/** @type {Group} */ group) => (Date.parse(group.start) + Date.parse(group.end)) / 2;
  if (page.pinned) return middle(page.pinned);
  const old = [...page.groups.values()].filter((group) => Date.parse(group.end) < now() - 8000 && lookOf(group) === 'ours');
  const last = old.sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).at(-1);
  return last ? middle(last) : null;
}

async function begin() {
  replace(
    need('#legend'),
    ...LOOKS.map((look) =>
      el('li', {}, el('span', { class: `mark look-${look}`, 'aria-hidden': 'true' }, LOOK_WORDS[look].symbol), LOOK_WORDS[look].short),
    ),
  );
  controls();
  exporting();
  /** @type {{cameras: {name: string, serial: string}[], demo: boolean}} */
  const state = await getJson('api/state');
  replace(need('#camera'), ...state.cameras.map((camera) => el('option', { value: camera.name }, camera.name)));
  const mine = (/** @type {{camera: string}} */ data) => data.camera === page.camera;
  listen('api/events', {
    group: (data) => mine(data) && merge(data.group),
    changed: (data) => mine(data) && loadTimeline(),
    recorder: (data) => link(data.reachable, data.text),
  });
  const first = state.cameras[0];
  if (!first) {
    veil('NOTHING', '');
    return;
  }
  choose(first.name);
  setInterval(loadTimeline, 5000);
  setInterval(() => page.windowEnd === null && drawSoon(), 500);
  if (state.demo) showDemo(need('#demo'), { camera: () => page.camera, target, onAltered: loadTimeline });
}

begin().catch((error) => {
  veil('LOST', String(error));
  link(false, error instanceof Error ? error.message : String(error));
});
