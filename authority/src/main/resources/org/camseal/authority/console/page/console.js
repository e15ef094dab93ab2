// @ts-check
// The authority's console: what the register and the log say, and the votes of operators. Texts of others become text nodes only.
import { append, el, errorNotice, getJson, need, notice, replace, sendJson, time } from '/camseal/dom.js';

/**
 * @typedef {{origin: string, size: number, root: string, waiting: number}} LogHead
 * @typedef {{now: string, operator?: string, issued: number, revoked: number, intents: number, openDisputes: number,
 *   auditEntries: number, unordered: Record<string, number>, log: LogHead}} Overview
 * @typedef {{id: string, maker: string, model: string, serials: string[], lines: string[], keys: string[], attestation: boolean,
 *   opensAt: string, closesAt: string, state: string, quantity: number, used: number, good: number, disputed: number, retired: number,
 *   scrapped: number, causes: Record<string, number>}} Order
 * @typedef {{decision: string, operator: string}} Vote
 * @typedef {{key: string, profile: string, requester: string, at: string}} Challenger
 * @typedef {{id: string, serial: string, openedBy: string, openedAt: string, detail: string, proposal?: Vote, outcome?: Vote,
 *   keys: Challenger[]}} Dispute
 * @typedef {{state: string, leaf: number, size: number}} LogPlace
 * @typedef {{profile: string, number: string, state: string, subject: string, issuer: string, key: string, requester: string,
 *   validFrom?: string, validUntil?: string, log: LogPlace}} Certificate
 * @typedef {{serial: string, order: string, state: string, certificates: Certificate[]}} Device
 * @typedef {{seq: number, at: string, actor: string, event: string, subject: string, detail: string}} AuditEntry
 */

const POLL_MS = 3000;
const COUNT = new Intl.NumberFormat('en');

/** What each decision does, in the words of the button and of the question behind it. */
const DECISIONS = /** @type {const} */ ([
  ['keep', 'Keep', 'The key that has the certificates keeps them. The other keys are barred for ever.'],
  ['rework', 'Rework', 'What this serial has is revoked, and other keys may have certificates.'],
  ['scrap', 'Scrap', 'What this serial has is revoked, and it never gets anything again.'],
]);

/** Why a certificate was not given, in words. */
const CAUSES = /** @type {Record<string, string>} */ ({
  NOT_AUTHENTICATED: 'the line’s certificate does not count',
  NOT_ORDERED: 'not ordered from the line that asked',
  QUANTITY_USED: 'the quantity is used up',
  OUTSIDE_TIME_WINDOW: 'the order is not open',
  ATTESTATION_MISSING: 'no attestation by the element',
  ATTESTATION_WRONG: 'the attestation does not prove what it should',
  OTHER_SUBJECT: 'a camera asked for another one',
  KEY_REFUSED: 'a key that may not be used, or is known from elsewhere',
  RETIRED: 'the serial was retired',
  HELD: 'held: a second key for one serial',
  LATER: 'asked to come again later',
});

/** @type {Overview | null} */
let overview = null;
/** What stands in the view, as text: it is drawn again only when it changed, so that focus and selection stay. */
let shown = '';

/** @param {number} n */
const number = (n) => COUNT.format(n);

/** @param {string} state @returns {HTMLElement} */
function stateBadge(state) {
  const looks = /** @type {Record<string, string>} */ ({
    live: 'authentic', active: 'authentic', proven: 'authentic', open: 'authentic',
    revoked: 'forged', scrapped: 'forged', broken: 'forged', retired: 'forged',
    disputed: 'incomplete', 'being replaced': 'incomplete',
    intent: 'pending', waiting: 'pending', 'not yet': 'pending',
  });
  return el('span', { class: 'badge', dataset: { verdict: looks[state] ?? 'unsigned' } }, state);
}

/** @param {string} name @param {...import('/camseal/dom.js').Child} value */
function fact(name, ...value) {
  return [el('dt', {}, name), el('dd', {}, ...value)];
}

/** @param {Overview} now */
function heads(now) {
  const count = need('#disputes-count');
  count.hidden = now.openDisputes === 0;
  count.textContent = number(now.openDisputes);
  count.setAttribute('aria-label', `${now.openDisputes} open`);
  need('#who').textContent = now.operator ? `operator ${now.operator}` : 'looking only, without an operator’s certificate';
  replace(
    need('#heads'),
    el('div', { class: 'card' },
      el('h2', {}, 'Issued'),
      el('p', { class: 'figure' }, number(now.issued)),
      el('p', { class: 'muted' }, `certificates; ${number(now.revoked)} of them revoked, ${number(now.intents)} being signed`)),
    el('div', { class: 'card' },
      el('h2', {}, 'Disputes'),
      el('p', { class: 'figure' }, number(now.openDisputes)),
      el('p', { class: 'muted' }, now.openDisputes ? 'wait for two operators' : 'nothing waits')),
    el('div', { class: 'card' },
      el('h2', {}, 'Log head'),
      el('p', { class: 'figure', id: 'log-size' }, number(now.log.size)),
      el('p', { class: 'muted' }, now.log.waiting ? `${number(now.log.waiting)} wait for the next checkpoint` : 'all leaves are under the newest checkpoint'),
      el('p', { class: 'mono muted truncate', title: now.log.root }, now.log.root || 'no checkpoint yet'),
      el('p', { class: 'muted' }, now.log.origin)),
  );
}

/** @param {Record<string, number>} counts */
const sum = (counts) => Object.values(counts).reduce((all, times) => all + times, 0);

/** The most frequent cause first, each with a bar beside the number. @param {Record<string, number>} counts */
function notGiven(counts) {
  if (!sum(counts)) return [];
  const all = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...all.map(([, times]) => times));
  const words = `Certificates not given: ${number(sum(counts))}`;
  return [el('p', {}, words), el('ul', { class: 'causes' }, ...all.map(([cause, times]) => el('li', { dataset: { cause } },
    el('span', { class: 'times' }, number(times)),
    el('span', { class: 'share', 'aria-hidden': 'true', style: { '--share': `${(100 * times) / most}%` } }),
    el('span', {}, CAUSES[cause] ?? cause))))];
}

/** What no order names: somebody typed a wrong serial, or tried. @param {Record<string, number>} counts */
function unorderedCard(counts) {
  return el('article', { class: 'card', id: 'unordered' },
    el('h3', {}, 'Under no order'),
    ...notGiven(counts));
}

/** @param {Order} order */
function orderCard(order) {
  const share = (/** @type {number} */ n) => `${(100 * n) / Math.max(1, order.quantity)}%`;
  const words = `${number(order.good)} good, ${number(order.disputed)} disputed, ${number(order.retired + order.scrapped)} revoked, of ${number(order.quantity)}`;
  return el('article', { class: 'card' },
    el('div', { class: 'row' }, el('h3', {}, order.id), stateBadge(order.state)),
    el('div', { class: 'yield', role: 'img', 'aria-label': words },
      el('span', { class: 'good', style: { '--share': share(order.good) } }),
      el('span', { class: 'disputed', style: { '--share': share(order.disputed) } }),
      el('span', { class: 'lost', style: { '--share': share(order.retired + order.scrapped) } })),
    el('p', {}, words),
    ...notGiven(order.causes),
    el('dl', { class: 'facts' },
      ...fact('Model', `${order.maker} ${order.model}`),
      ...fact('Serials', order.serials.join(', ')),
      ...fact('Lines', order.lines.join(', ')),
      ...fact('Open', time(order.opensAt), ' to ', time(order.closesAt)),
      ...fact('Keys', order.keys.join(', '), order.attestation ? ', attested by the element' : '')));
}

/** @param {Dispute} dispute */
function disputeCard(dispute) {
  const answer = el('div', { role: 'status' });
  const operator = overview?.operator;
  const buttons = DECISIONS.map(([decision, word, meaning]) => {
    const confirms = dispute.proposal?.decision === decision;
    const own = confirms && dispute.proposal?.operator === operator;
    return el('button', {
      type: 'button',
      title: meaning,
      'data-kind': confirms ? 'danger' : 'quiet',
      disabled: !operator || own,
      on: { click: () => ask(dispute, decision, `${confirms ? 'Confirm' : 'Propose'}: ${word.toLowerCase()} ${dispute.serial}?`, meaning, answer) },
    }, confirms ? `Confirm: ${word.toLowerCase()}` : word);
  });
  return el('article', { class: 'card', dataset: { dispute: dispute.id } },
    el('div', { class: 'row' }, el('h3', {}, `${dispute.id}: ${dispute.serial}`), el('a', { href: `#certificates/${encodeURIComponent(dispute.serial)}` }, 'its certificates')),
    el('p', {}, dispute.detail),
    el('dl', { class: 'facts' },
      ...fact('Opened', dispute.openedBy, ', ', time(dispute.openedAt)),
      ...fact('Wanted by', dispute.keys.length ? el('ul', {}, ...dispute.keys.map((key) => el('li', {}, `${key.requester}, ${key.profile}, `, time(key.at), ', key ', el('span', { class: 'mono' }, key.key.slice(0, 16), '…')))) : 'no other key'),
      ...fact('Proposed', dispute.proposal ? `${dispute.proposal.decision}, by operator ${dispute.proposal.operator}; another operator has to confirm it` : 'nothing yet')),
    operator ? null : el('p', { class: 'muted' }, 'To vote, open this page with an operator’s certificate.'),
    el('div', { class: 'row' }, ...buttons),
    answer);
}

/** A question with two buttons in the page; no vote by one key too many. @param {Dispute} dispute @param {string} decision @param {string} question @param {string} meaning @param {HTMLElement} place */
function ask(dispute, decision, question, meaning, place) {
  const yes = el('button', { type: 'button', 'data-kind': 'danger', on: { click: () => vote(dispute, decision, place) } }, 'Yes');
  replace(place, notice('warn', el('strong', {}, question), el('p', {}, meaning),
    el('div', { class: 'row' }, yes, el('button', { type: 'button', 'data-kind': 'quiet', on: { click: () => replace(place) } }, 'No'))));
  yes.focus();
}

/** @param {Dispute} dispute @param {string} decision @param {HTMLElement} place */
async function vote(dispute, decision, place) {
  try {
    const after = /** @type {Dispute} */ (await sendJson(`api/disputes/${encodeURIComponent(dispute.id)}/vote`, { decision }));
    replace(place, notice('good', after.outcome ? `Decided: ${after.outcome.decision}.` : 'Proposed. Another operator has to confirm it.'));
    shown = '';
    setTimeout(refresh, 1500);
  } catch (error) {
    replace(place, errorNotice(error));
  }
}

/** @param {Certificate} certificate */
function certificateCard(certificate) {
  const place = certificate.log;
  const words = /** @type {Record<string, string>} */ ({
    proven: `leaf ${number(place.leaf)} of ${number(place.size)}: a path of hashes leads to the newest checkpoint`,
    waiting: `leaf ${number(place.leaf)}: waits for the next checkpoint`,
    none: 'not issued, so not in the log',
    broken: `leaf ${number(place.leaf)} is not under the newest checkpoint: the register or the log was altered`,
  });
  return el('article', { class: 'card' },
    el('div', { class: 'row' }, el('h3', {}, certificate.profile), stateBadge(certificate.state)),
    el('dl', { class: 'facts' },
      ...fact('Number', el('span', { class: 'mono' }, certificate.number)),
      ...fact('Names', certificate.subject),
      ...(certificate.issuer ? fact('Issued by', certificate.issuer) : []),
      ...(certificate.validFrom && certificate.validUntil ? fact('Valid', certificate.validFrom, ' to ', certificate.validUntil) : []),
      ...fact('Asked by', certificate.requester),
      ...fact('Key', el('span', { class: 'mono' }, certificate.key)),
      ...fact('Log', stateBadge(place.state), ' ', words[place.state] ?? '')),
    certificate.validFrom ? el('a', { class: 'button', 'data-kind': 'quiet', href: `api/certificates/${encodeURIComponent(certificate.number)}/chain`, download: true }, 'Chain as PEM') : null);
}

/** @param {string} asked */
async function certificates(asked) {
  const result = el('div', { class: 'stack', role: 'status', id: 'found' });
  const field = el('input', { id: 'serial', name: 'serial', autocomplete: 'off', spellcheck: 'false', maxlength: '64', value: asked });
  const form = el('form', { class: 'card', on: { submit: (/** @type {Event} */ event) => {
    event.preventDefault();
    location.hash = `#certificates/${encodeURIComponent(field.value.trim())}`;
  } } },
  el('div', { class: 'search' }, el('label', { for: 'serial' }, 'Serial of a camera, or number of a certificate', field), el('button', { type: 'submit' }, 'Find')));
  replace(need('#view'), el('h1', {}, 'Certificates'), form, result);
  if (!asked) {
    field.focus({ preventScroll: true });
    return;
  }
  try {
    const device = await find(asked);
    replace(result,
      el('div', { class: 'row' }, el('h2', {}, device.serial), stateBadge(device.state), el('span', { class: 'muted' }, `order ${device.order}`)),
      ...device.certificates.map(certificateCard));
  } catch (error) {
    replace(result, errorNotice(error));
  }
}

/** @param {string} asked @returns {Promise<Device>} */
async function find(asked) {
  try {
    return await getJson(`api/devices/${encodeURIComponent(asked)}`);
  } catch (error) {
    if (/^[0-9a-fA-F]{16,40}$/.test(asked)) {
      return getJson(`api/numbers/${asked}`);
    }
    throw error;
  }
}

/** @param {AuditEntry[]} entries */
function auditRows(entries) {
  return entries.toReversed().map((entry) => el('tr', {},
    el('td', { class: 'num' }, entry.seq), el('td', {}, time(entry.at)), el('td', {}, entry.actor), el('td', {}, el('strong', {}, entry.event)),
    el('td', {}, entry.subject), el('td', {}, entry.detail)));
}

/** @param {AuditEntry[]} entries */
function audit(entries) {
  const body = el('tbody', {}, ...auditRows(entries));
  let first = entries[0]?.seq ?? 1;
  const older = el('button', { type: 'button', 'data-kind': 'quiet', disabled: first <= 1, on: { click: async () => {
    const more = /** @type {AuditEntry[]} */ (await getJson(`api/audit?before=${first}`));
    append(body, ...auditRows(more));
    first = more[0]?.seq ?? 1;
    older.disabled = first <= 1;
    shown = 'kept'; // older pages stay until the view is opened anew
  } } }, 'Older');
  return [el('h1', {}, 'Audit log'), el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Entries, the newest first' },
    el('table', { class: 'audit stacked' }, el('thead', {}, el('tr', {}, ...['No.', 'When', 'Who', 'What', 'About', 'Detail'].map((name) => el('th', { scope: 'col' }, name)))), body)), older];
}

/** @returns {[string, string]} the view, and what is asked in it */
function place() {
  const [view, ...rest] = location.hash.slice(1).split('/');
  let asked = rest.join('/');
  try {
    asked = decodeURIComponent(asked);
  } catch {
    // as it was typed
  }
  return [view || 'orders', asked];
}

/** @param {string} view @param {string} asked */
async function draw(view, asked) {
  for (const link of document.querySelectorAll('.bar nav a')) {
    link.toggleAttribute('aria-current', false);
    if (link.getAttribute('href') === `#${view}`) link.setAttribute('aria-current', 'page');
  }
  if (view === 'certificates') {
    if (shown !== `certificates ${asked}`) {
      shown = `certificates ${asked}`;
      await certificates(asked);
    }
    return;
  }
  if (shown === 'kept') return;
  const path = view === 'disputes' ? 'api/disputes' : view === 'audit' ? 'api/audit' : 'api/orders';
  const data = await getJson(path);
  const text = `${path} ${overview?.operator} ${view === 'orders' ? JSON.stringify(overview?.unordered) : ''} ${JSON.stringify(data)}`;
  const busy = view === 'disputes' && document.querySelector('[role=status] .notice') !== null && shown !== '';
  if (text === shown || busy) return;
  shown = text;
  if (view === 'disputes') {
    replace(need('#view'), el('h1', {}, 'Disputes'), ...(data.length ? data.map(disputeCard) : [notice('good', 'No serial is disputed.')]));
  } else if (view === 'audit') {
    replace(need('#view'), ...audit(data));
  } else {
    const unordered = overview && sum(overview.unordered) ? unorderedCard(overview.unordered) : null;
    replace(need('#view'), el('h1', {}, 'Orders'), data.length ? el('div', { class: 'cards' }, ...data.map(orderCard), unordered) : notice('info', 'There is no order yet: nobody gets a certificate.'));
  }
}

async function refresh() {
  if (document.hidden) return;
  try {
    overview = /** @type {Overview} */ (await getJson('api/overview'));
    heads(overview);
    await draw(...place());
    replace(need('#trouble'));
  } catch (error) {
    need('#who').textContent = 'not connected';
    replace(need('#trouble'), errorNotice(error));
  }
}

window.addEventListener('hashchange', () => {
  shown = '';
  refresh();
});
setInterval(refresh, POLL_MS);
refresh();
