// @ts-check
// Certificates: what the maker installed, what the owner has, and whose counts for what.
import { el, notice, time } from '/camseal/dom.js';
import { ask, change, may } from './api.js';
import { careful, choice, fact, field, form } from './forms.js';

/**
 * @typedef {{subject: string, issuer: string, from: string, until: string, sha256: string, key: string, kind: string, who: string,
 *   proves: string, provesNot: string, weaknesses: string[]}} Certificate
 * @typedef {'maker' | 'owner'} Whose
 * @typedef {'pages' | 'stream' | 'signing'} Use
 * @typedef {{pages: Whose, stream: Whose, signing: Whose, signingFixed: boolean, signsNow: string, hasRoot: boolean,
 *   tls: Certificate, media: Certificate, owner?: Certificate, ownerSigning?: Certificate}} All
 */

/** @type {Record<Use, {badge: string, word: string, question: Record<Whose, string>}>} */
const USES = {
  pages: {
    badge: 'on these pages',
    word: 'Show it on these pages',
    question: {
      maker: 'These pages will show the maker’s certificate to every new connection. Browsers may ask again whether you trust it.',
      owner: 'These pages will show your certificate to every new connection. Browsers may ask again whether you trust it.',
    },
  },
  stream: {
    badge: 'on the stream',
    word: 'Show it on the stream',
    question: {
      maker: 'The stream (RTSPS) will show the maker’s certificate to every new reader.',
      owner: 'The stream (RTSPS) will show your certificate to every new reader. Recorders that know this camera by its maker refuse it: choose it only where every reader knows your authority.',
    },
  },
  signing: {
    badge: 'signs the video',
    word: 'Sign the video with it',
    question: {
      maker: 'From the next key picture on the maker’s key signs the video. The stream begins anew for that; readers connect again.',
      owner: 'From the next key picture on your key signs the video. The stream begins anew for that; readers connect again.',
    },
  },
};

/** Names are quoted for command lines. @param {string} name */
export const plain = (name) => name.replace(/^"(.*)"$/, '$1');

/** @param {string} title @param {Certificate} one @param {string[]} badges @param {...import('/camseal/dom.js').Child} more */
function show(title, one, badges, ...more) {
  const colons = one.sha256.toUpperCase().replace(/(..)(?=.)/g, '$1:');
  return el('article', { class: 'card' },
    el('div', { class: 'row' }, el('h3', {}, title), ...badges.map((badge) => el('span', { class: 'badge', dataset: { verdict: 'authentic' } }, badge))),
    ...one.weaknesses.map((weakness) => notice('warn', weakness)),
    one.kind === 'self-signed' ? notice('warn', 'Nobody vouches for this certificate. Browsers will warn, and rightly: compare its SHA-256 by another way before you rely on it.') : null,
    el('dl', { class: 'facts' },
      ...fact('Names', plain(one.subject)),
      ...fact('Vouched for by', one.who),
      ...fact('It proves', one.proves),
      ...fact('It does not prove', one.provesNot),
      ...fact('Issuer', plain(one.issuer)),
      ...fact('Valid', time(one.from), ...(one.until.startsWith('9999') ? [', without end'] : [' to ', time(one.until)])),
      ...fact('SHA-256', el('span', { class: 'mono' }, colons))),
    ...more);
}

/** @param {string} href @param {string} word */
const download = (href, word) => el('a', { class: 'button', 'data-kind': 'quiet', href, download: true }, word);

/** @type {import('./camera.js').View} */
export async function certificates(place, redraw) {
  const all = /** @type {All} */ (await ask('certificates'));
  const administrator = may('administrator');
  /** @param {Whose} whose @param {Use[]} uses */
  const badges = (whose, uses) => uses.filter((use) => all[use] === whose).map((use) => USES[use].badge);
  /** @param {Whose} whose @param {Use[]} uses */
  const choices = (whose, uses) => !administrator ? [] : uses
    .filter((use) => all[use] !== whose && !(use === 'signing' && all.signingFixed))
    .map((use) => careful(USES[use].word, USES[use].question[whose], async () => {
      await change('certificates/choice', { use, whose }, 'PUT');
      redraw();
    }));
  /** @param {'tls' | 'signing'} owned */
  const remove = (owned) => administrator ? careful('Remove it and its key', 'The key is destroyed: this certificate can never be used again.', async () => {
    await change(`certificates/${owned}`, {}, 'DELETE');
    redraw();
  }) : null;
  place.append(
    el('h2', {}, 'For connections'),
    show('Preinstalled', all.tls, badges('maker', ['pages', 'stream']),
      el('div', { class: 'row' }, download('/api/certificates/chain', 'Its chain'), all.hasRoot ? download('/api/certificates/root', 'The maker’s root') : null),
      el('div', { class: 'row acts' }, ...choices('maker', ['pages', 'stream']))),
    all.owner ? show('Your own', all.owner, badges('owner', ['pages', 'stream']), el('div', { class: 'row acts' }, ...choices('owner', ['pages', 'stream']), remove('tls')))
      : notice('info', 'You have no certificate of your own for connections. The preinstalled one is enough for recorders; browsers like one of an authority that they know.'),
    el('h2', {}, 'For signing the video'),
    signingWords(all),
    show('Preinstalled', all.media, badges('maker', ['signing']), el('div', { class: 'row acts' }, ...choices('maker', ['signing']))),
    all.ownerSigning ? show('Your own', all.ownerSigning, badges('owner', ['signing']), el('div', { class: 'row acts' }, ...choices('owner', ['signing']), remove('signing')))
      : notice('info', 'You have no certificate of your own for signing. The preinstalled one proves which camera made the video, and is enough for most.'));
  if (administrator) place.append(...owners(redraw));
}

/** What each proves. @param {All} all */
function signingWords(all) {
  const wanted = all.signing === 'owner' ? all.ownerSigning : all.media;
  const waiting = all.signsNow !== '' && wanted !== undefined && all.signsNow !== wanted.sha256;
  return el('div', { class: 'card' },
    el('p', {}, el('strong', {}, 'The maker’s'), ' proves that a camera of this maker, with this serial number, made the video. Whoever has the maker’s root can check it.'),
    el('p', {}, el('strong', {}, 'Your own'), ' proves that the video comes from you: whoever has your authority’s root can check it. It does not prove that a camera of this maker made it.'),
    el('p', { class: 'muted' }, 'The seal around the video is under the maker’s certificate in both cases: recorders know the camera by it. What is chosen here signs the video inside, which people hand on once it is opened.'),
    all.signingFixed ? el('p', {}, 'Which one signs is set in camera.yaml (signing-certificate).') : null,
    waiting ? notice('info', 'The choice counts from the next key picture on.') : null);
}

/** @param {Record<string, string>} values */
function names(values) {
  const split = (/** @type {string | undefined} */ text) => (text ?? '').split(/[\s,]+/).filter(Boolean);
  return { subject: (values.subject ?? '').trim(), dns: split(values.dns), ip: split(values.ip) };
}

const NAMES = () => el('div', { class: 'fields' },
  field('Subject', 'subject', { required: false, placeholder: 'CN=cam1.example.com', maxlength: 512 }),
  field('DNS names', 'dns', { required: false, placeholder: 'cam1.example.com' }),
  field('IP addresses', 'ip', { required: false, placeholder: '192.0.2.7' }));

const USE = () => choice('What for', 'owned', [['tls', 'connections (HTTPS, RTSPS)'], ['signing', 'signing the video']]);

/** @param {() => void} redraw */
function owners(redraw) {
  return [
    el('h2', {}, 'A certificate of your own'),
    el('div', { class: 'card', id: 'request' }, el('h3', {}, 'First: ask an authority'),
      el('p', {}, 'The request is signed by a key that is made in the secure element and stays there.'),
      form('Make request', async (values) => {
        const { pem } = await change(`certificates/${values.owned}/request`, { ...names(values), days: null });
        const link = el('a', { class: 'button', 'data-kind': 'quiet', download: `camera-${values.owned}.csr`, href: `data:application/pkcs10,${encodeURIComponent(pem)}` }, 'Save request');
        return el('div', { class: 'stack' }, el('textarea', { readonly: true, 'aria-label': 'Certificate request' }, pem), link);
      }, USE(), NAMES())),
    el('div', { class: 'card', id: 'install' }, el('h3', {}, 'Then: install what it answers'),
      form('Install', async (values) => {
        await change(`certificates/${values.owned}/install`, { pem: values.pem });
        redraw();
      }, USE(), el('label', {}, 'Chain (PEM), the camera’s certificate first', el('textarea', { name: 'pem', required: true, spellcheck: 'false', maxlength: 65536 })))),
    el('div', { class: 'card', id: 'self-signed' }, el('h3', {}, 'Or: a self-signed certificate for connections'),
      notice('warn', 'It proves nothing about who it is: anybody can make one with the same names. It replaces the one of an authority.'),
      form('Make self-signed certificate', async (values) => {
        await change('certificates/tls/self-signed', { ...names(values), days: Number(values.days) });
        redraw();
      }, NAMES(), el('div', { class: 'fields' }, field('Days', 'days', { type: 'number', min: 1, max: 3650, value: 365 })))),
  ];
}
