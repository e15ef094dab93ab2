// @ts-check
// What is only looked at: picture, status, identity, card.
import { bytes, duration, el, errorNotice, need, notice, replace, ServerError, time } from '/camseal/dom.js';
import { ask } from './api.js';
import { fact } from './forms.js';

const POLL_MS = 3000;
const COUNT = new Intl.NumberFormat('en');

/**
 * @typedef {{picture: boolean, role: string}} Live
 * @typedef {{serial: string, state: string, source: string, address: string, readers: number, sealed: number, sealedBytes: number,
 *   dropped: number, lastUnit?: string, now: string, uptimeSeconds: number, recent: {at: string, text: string}[]}} Status
 * @typedef {{slot: string, algorithm: string, uses?: number, usesToday?: number, usesPerDay?: number}} Key
 * @typedef {{answered: number, failed: number, late: number, refused: number, medianMillis: number, slowestMillis: number}} Health
 * @typedef {{serial: string, model: string, maker: string, element: string, assurance: string, signaturesPerSecond: number,
 *   keys: Key[], health?: Health}} Who
 * @typedef {{set: boolean, written?: boolean, told: string, from?: string, to?: string, bytes: number, quotaBytes: number, gaps: {from: string, to: string}[]}} Card
 */

/** Asks again and again while the page is looked at. @param {() => Promise<void>} look */
async function repeat(look) {
  await look();
  const timer = setInterval(async () => {
    if (document.hidden) return;
    try {
      await look();
      replace(need('#trouble'));
    } catch (error) {
      if (error instanceof ServerError && error.status === 401) {
        clearInterval(timer);
        window.dispatchEvent(new HashChangeEvent('hashchange')); // to the login
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
export async function live(place) {
  const view = /** @type {Live} */ (await ask('live'));
  const stream = (await ask('streams'))[0];
  const words = el('div', { class: 'card' },
    el('h2', {}, 'How to see it'),
    el('p', {}, 'The video leaves this camera sealed: only who has a key that it was granted to can open it, and this page has none. Recorders store it as it is.'),
    el('dl', { class: 'facts' },
      ...fact('Stream', el('code', {}, stream.address), ' ', stateBadge(stream.state)),
      ...fact('Granted to', stream.recipients.length ? stream.recipients.map((/** @type {any} */ one) => one.subject).join('; ') : 'nobody yet: add a recipient under Stream')),
    el('p', { class: 'muted' }, 'Open it with the viewer of a recipient, or a recording of it with ', el('code', {}, 'camseal open'), '. Anybody can check it with ', el('code', {}, 'camseal verify'), '.'));
  if (!view.picture) {
    place.append(view.role ? notice('info', `A picture is shown to who is ${view.role}.`) : el('p', { class: 'muted' }, 'Showing the picture here is switched off (live-page in camera.yaml).'), words);
    return undefined;
  }
  const picture = el('img', { alt: 'What the camera sees now', width: 1280, height: 720 });
  const frame = el('div', { class: 'video' }, picture);
  place.append(notice('warn', 'This picture is shown as it was before it was sealed, and is not signed: it proves nothing.'), frame, words);
  /** @type {string} */
  let shown = '';
  const stop = await repeat(async () => {
    const answer = await fetch(`/api/live/picture?unattended&at=${Date.now()}`);
    if (!answer.ok) throw new ServerError(answer.status, answer.status === 503 ? 'There is no picture just now' : 'The picture cannot be shown', '');
    const next = URL.createObjectURL(await answer.blob());
    picture.src = next;
    if (shown) URL.revokeObjectURL(shown);
    shown = next;
  });
  return () => {
    stop();
    if (shown) URL.revokeObjectURL(shown);
  };
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
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Keys in the element' }, el('table', { class: 'entries' },
      el('thead', {}, el('tr', {}, ...['Key', 'Kind', 'Uses ever', 'Today', 'A day at most'].map((name) => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, ...who.keys.map((key) => el('tr', {}, el('td', {}, el('strong', {}, key.slot)), el('td', {}, key.algorithm),
        ...[key.uses, key.usesToday, key.usesPerDay].map((n, i) => el('td', {}, n === undefined ? 'not counted' : `${COUNT.format(n)}${['', ' today', ' a day at most'][i] ?? ''}`))))))));
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
    replace(about, now.written === false ? notice('bad', 'What is sent is not kept now.') : null, el('h2', {}, 'Recording'), el('dl', { class: 'facts' },
      ...fact('State', now.told || 'nothing has come for the card yet'),
      ...fact('Oldest', now.from ? time(now.from) : 'nothing is kept yet'),
      ...fact('Newest', now.to ? time(now.to) : '–'),
      ...fact('Size', `${bytes(now.bytes)} of ${bytes(now.quotaBytes)} at most; the oldest goes first`)));
    replace(missing, el('h2', {}, 'Gaps of the last day'), now.gaps.length
      ? el('ul', { class: 'lately' }, ...now.gaps.map((gap) => el('li', {}, time(gap.from), ' to ', time(gap.to))))
      : el('p', { class: 'muted' }, 'None between what is kept.'));
  });
}
