// @ts-check
// What is only looked at: status, identity, card.
import { bytes, duration, el, errorNotice, need, notice, replace, ServerError, time } from '/camseal/dom.js';
import { ask } from './api.js';
import { fact } from './forms.js';

const POLL_MS = 3000;
const COUNT = new Intl.NumberFormat('en');

/**
 * @typedef {{serial: string, state: string, source: string, address: string, readers: number, sealed: number, sealedBytes: number,
 *   dropped: number, lastUnit?: string, now: string, uptimeSeconds: number, recent: {at: string, text: string}[]}} Status
 * @typedef {{slot: string, algorithm: string, uses?: number, usesToday?: number, usesPerDay?: number}} Key
 * @typedef {{answered: number, failed: number, late: number, refused: number, medianMillis: number, slowestMillis: number}} Health
 * @typedef {{serial: string, model: string, maker: string, element: string, assurance: string, signaturesPerSecond: number,
 *   keys: Key[], health?: Health}} Who
 * @typedef {{set: boolean, written?: boolean, told: string, cause: '' | 'missing' | 'full' | 'refused' | 'slow', since?: string, from?: string, to?: string, bytes: number, quotaBytes: number, gaps: {from: string, to: string}[]}} Card
 */

/** A login that is over leads to the login. */
export function toLogin() {
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Asks again and again while the page is looked at. @param {() => Promise<void>} look */
export async function repeat(look) {
  await look();
  const timer = setInterval(async () => {
    if (document.hidden) return;
    try {
      await look();
      replace(need('#trouble'));
    } catch (error) {
      if (error instanceof ServerError && error.status === 401) {
        clearInterval(timer);
        toLogin();
      } else {
        replace(need('#trouble'), errorNotice(error));
      }
    }
  }, POLL_MS);
  return () => clearInterval(timer);
}

const STATES = /** @type {Record<string, [string, string]>} */ ({
  live: ['authentic', 'live'], starting: ['pending', 'starting'], waiting: ['incomplete', 'waiting for the source'],
  ended: ['unsigned', 'the source is over'], failed: ['forged', 'failed'], closed: ['unsigned', 'closed'],
});

/** @param {string} state */
export function stateBadge(state) {
  const [look, word] = STATES[state] ?? ['unsigned', state];
  return el('span', { class: 'badge', dataset: { verdict: look } }, word);
}

/** @type {import('./camera.js').View} */
export async function status(place) {
  const cards = el('div', { class: 'cards' });
  const recent = el('div', { class: 'card' });
  place.append(cards, recent);
  return repeat(async () => {
    const now = /** @type {Status} */ (await ask('status', { unattended: true }));
    replace(cards,
      el('div', { class: 'card' }, el('div', { class: 'row' }, el('h2', {}, now.serial), stateBadge(now.state)), el('dl', { class: 'facts' },
        ...fact('Source', now.source),
        ...fact('Address', el('code', {}, now.address)),
        ...fact('Running for', duration(now.uptimeSeconds)),
        ...fact('Clock', time(now.now)))),
      el('div', { class: 'card' }, el('h2', {}, 'Sent'), el('dl', { class: 'facts' },
        ...fact('Readers now', now.readers),
        ...fact('Units, sealed', `${COUNT.format(now.sealed)}, ${bytes(now.sealedBytes)}`),
        ...fact('Not sent', `${COUNT.format(now.dropped)} that could not be sealed`),
        ...fact('Last picture', now.lastUnit ? time(now.lastUnit) : 'none yet'))));
    replace(recent, el('h2', {}, 'Lately'), now.recent.length
      ? el('ul', { class: 'lately' }, ...now.recent.map((one) => el('li', {}, time(one.at, 'clock'), ' ', one.text)))
      : el('p', { class: 'muted' }, 'Nothing to tell.'));
  });
}

/** @type {import('./camera.js').View} */
export async function identity(place) {
  const who = /** @type {Who} */ (await ask('identity'));
  const soft = who.assurance === 'software';
  place.append(
    el('div', { class: 'cards' },
      el('div', { class: 'card' }, el('h2', {}, 'Camera'), el('dl', { class: 'facts' },
        ...fact('Serial', el('strong', {}, who.serial)), ...fact('Model', who.model), ...fact('Maker', who.maker))),
      el('div', { class: 'card' }, el('div', { class: 'row' }, el('h2', {}, 'Secure element'),
        el('span', { class: 'badge', dataset: { verdict: soft ? 'incomplete' : 'authentic' } }, who.assurance)),
      el('dl', { class: 'facts' },
        ...fact('Kind', who.element),
        ...fact('Level', soft ? 'Files and memory of an ordinary computer: whoever owns its operating system owns the keys' : 'Keys inside a chip that does not give them out'),
        ...fact('Declared', `${COUNT.format(who.signaturesPerSecond)} signatures a second`),
        ...(who.health ? fact('Health', `${COUNT.format(who.health.answered)} answers, ${COUNT.format(who.health.failed)} failed, ${COUNT.format(who.health.late)} late, ${COUNT.format(who.health.refused)} refused; ${who.health.medianMillis.toFixed(1)} ms, slowest ${who.health.slowestMillis.toFixed(1)} ms`) : fact('Health', 'answers at once; nothing waits in front of it'))))),
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Keys in the element' }, el('table', { class: 'entries stacked' },
      el('thead', {}, el('tr', {}, ...['Key', 'Kind', 'Uses ever', 'Today', 'A day at most'].map((name) => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, ...who.keys.map((key) => el('tr', {}, el('td', {}, el('strong', {}, key.slot)), el('td', {}, key.algorithm),
        ...[key.uses, key.usesToday, key.usesPerDay].map((n, i) => el('td', {}, n === undefined ? 'not counted' : `${COUNT.format(n)}${['', ' today', ' a day at most'][i] ?? ''}`))))))));
}

/** What is wrong with a card, and what to do. */
const CARD_WORDS = {
  missing: ['The card is not there', 'Put it in; the camera goes on by itself.'],
  full: ['The card is full', 'Nothing on it is left that the camera may delete: take other files off it, or put in a larger one.'],
  refused: ['The card cannot be written', 'It is write-protected, worn out or broken: put in another one.'],
  slow: ['The card is too slow', 'It loses whole groups of pictures: put in a faster one.'],
};

/** @param {Card} now */
function cardBadge(now) {
  const [look, word] = now.cause ? ['forged', 'not written'] : now.written ? ['authentic', 'being written'] : ['pending', now.from ? 'nothing new yet' : 'nothing has come yet'];
  return el('span', { class: 'badge', dataset: { verdict: look } }, word);
}

/** @type {import('./camera.js').View} */
export async function card(place) {
  const about = el('div', { class: 'card' });
  const missing = el('div', { class: 'card' });
  const first = /** @type {Card} */ (await ask('card'));
  if (!first.set) {
    place.append(notice('info', 'This camera keeps no recordings of its own (card in camera.yaml).'));
    return undefined;
  }
  place.append(about, missing);
  return repeat(async () => {
    const now = /** @type {Card} */ (await ask('card', { unattended: true }));
    replace(about,
      now.cause ? notice('bad', el('strong', {}, CARD_WORDS[now.cause][0]), el('p', {}, 'What the camera has sent since ', time(now.since ?? 0), ' is not kept. ', CARD_WORDS[now.cause][1]), el('p', { class: 'muted' }, now.told)) : null,
      el('div', { class: 'row' }, el('h2', {}, 'Recording'), cardBadge(now)), el('dl', { class: 'facts' },
      ...(now.written ? fact('Written since', time(now.since ?? 0)) : []),
      ...fact('Oldest', now.from ? time(now.from) : 'nothing is kept yet'),
      ...fact('Newest', now.to ? time(now.to) : '–'),
      ...fact('Size', `${bytes(now.bytes)} of ${bytes(now.quotaBytes)} at most; the oldest goes first`)));
    replace(missing, el('h2', {}, 'Gaps of the last day'), now.gaps.length
      ? el('ul', { class: 'lately' }, ...now.gaps.map((gap) => el('li', {}, time(gap.from), ' to ', time(gap.to), ' · ', duration((Date.parse(gap.to) - Date.parse(gap.from)) / 1000))))
      : null,
      el('p', { class: 'muted' }, now.gaps.length ? 'In these times the card has nothing: the camera was off, had no picture, or could not write.' : 'None between what is kept.'));
  });
}
