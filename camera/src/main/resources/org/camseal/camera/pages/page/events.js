// @ts-check
// The event log, for operators.
import { append, el, notice, time } from '/camseal/dom.js';
import { ask } from './api.js';

/**
 * @typedef {{seq: number, at: string, who: string, what: string, detail: string, before: string}} Entry
 * @typedef {{head: string, written: boolean, altered?: string, entries: Entry[]}} Page
 */

/** @param {Entry[]} entries */
function rows(entries) {
  return entries.map((entry) => el('tr', {},
    el('td', { class: 'num' }, entry.seq), el('td', {}, time(entry.at)), el('td', {}, entry.who || '–'), el('td', {}, el('strong', {}, entry.what)), el('td', {}, entry.detail)));
}

/** @type {import('./camera.js').View} */
export async function events(place) {
  const page = /** @type {Page} */ (await ask('events'));
  const body = el('tbody', {}, ...rows(page.entries));
  let last = page.entries.at(-1)?.seq ?? 1;
  const older = el('button', { type: 'button', 'data-kind': 'quiet', disabled: last <= 1, on: { click: async () => {
    const more = /** @type {Page} */ (await ask(`events?before=${last}`)).entries;
    append(body, ...rows(more));
    last = more.at(-1)?.seq ?? 1;
    older.disabled = last <= 1 || more.length === 0;
  } } }, 'Older');
  place.append(
    page.altered ? notice('bad', el('strong', {}, 'The log was altered'), el('p', {}, page.altered)) : notice('good', 'Each entry holds the hash of the one before; the chain was whole when the camera started.'),
    ...(page.written ? [] : [notice('bad', 'Events cannot be written: see to the disk.')]),
    el('p', { class: 'muted' }, 'Head of the chain: ', el('span', { class: 'mono' }, page.head), '. Write it down to see later whether the end was cut off.'),
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Entries, the newest first' },
      el('table', { class: 'entries stacked' }, el('thead', {}, el('tr', {}, ...['No.', 'When', 'Who', 'What', 'Detail'].map((name) => el('th', { scope: 'col' }, name)))), body)),
    el('div', { class: 'row' }, older, el('a', { class: 'button', 'data-kind': 'quiet', href: '/api/events/download', download: true }, 'All as a file')));
}
