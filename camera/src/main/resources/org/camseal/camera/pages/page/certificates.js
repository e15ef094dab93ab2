// @ts-check
// Certificates: what the maker installed, what the owner has, and which the pages show.
import { el, notice, time } from '/camseal/dom.js';
import { ask, change, may } from './api.js';
import { careful, fact, field, form } from './forms.js';

/**
 * @typedef {{subject: string, issuer: string, from: string, until: string, sha256: string, key: string, kind: string, who: string,
 *   proves: string, provesNot: string, weaknesses: string[]}} Certificate
 * @typedef {{serving: 'maker' | 'owner', signing: string, hasRoot: boolean, tls: Certificate, media: Certificate, owner?: Certificate}} All
 */

/** @param {string} title @param {Certificate} one @param {string} [badge] @param {...import('/camseal/dom.js').Child} more */
function show(title, one, badge, ...more) {
  const colons = one.sha256.toUpperCase().replace(/(..)(?=.)/g, '$1:');
  return el('article', { class: 'card' },
    el('div', { class: 'row' }, el('h2', {}, title), badge ? el('span', { class: 'badge', dataset: { verdict: 'authentic' } }, badge) : null),
    ...one.weaknesses.map((weakness) => notice('warn', weakness)),
    one.kind === 'self-signed' ? notice('warn', 'Nobody vouches for this certificate. Browsers will warn, and rightly: compare its SHA-256 by another way before you rely on it.') : null,
    el('dl', { class: 'facts' },
      ...fact('Names', one.subject),
      ...fact('Vouched for by', one.who),
      ...fact('It proves', one.proves),
      ...fact('Not', one.provesNot),
      ...fact('Issuer', one.issuer),
      ...fact('Valid', time(one.from), ' to ', time(one.until)),
      ...fact('SHA-256', el('span', { class: 'mono' }, colons))),
    ...more);
}

/** @param {'maker' | 'owner'} serving @param {() => void} redraw */
function choose(serving, redraw) {
  return careful('Show this one on these pages', 'These pages will show this certificate to every new connection. Browsers may ask you again whether you trust it.', async () => {
    await change('certificates/serving', { serving }, 'PUT');
    redraw();
  });
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

/** @type {import('./camera.js').View} */
export async function certificates(place, redraw) {
  const all = /** @type {All} */ (await ask('certificates'));
  const administrator = may('administrator');
  const shown = 'on these pages';
  place.append(
    show('Preinstalled, for connections', all.tls, all.serving === 'maker' ? shown : undefined,
      el('p', { class: 'muted' }, 'The stream (RTSPS) always shows this one: recorders know the camera by it.'),
      el('div', { class: 'row' },
        el('a', { class: 'button', 'data-kind': 'quiet', href: '/api/certificates/chain', download: true }, 'Its chain'),
        all.hasRoot ? el('a', { class: 'button', 'data-kind': 'quiet', href: '/api/certificates/root', download: true }, 'The maker’s root') : null),
      administrator && all.serving !== 'maker' ? choose('maker', redraw) : null),
    show('Preinstalled, signs the video', all.media, 'signs'),
    all.owner ? show('Your own', all.owner, all.serving === 'owner' ? shown : undefined,
      administrator && all.serving !== 'owner' ? choose('owner', redraw) : null,
      administrator ? careful('Remove it and its key', 'The key is destroyed: this certificate can never be used again.', async () => {
        await change('certificates/owner', {}, 'DELETE');
        redraw();
      }) : null) : notice('info', 'You have no certificate of your own on this camera. The preinstalled one is enough for recorders; browsers like one of an authority that they know.'));
  if (administrator) place.append(...owners(redraw));
}

/** @param {() => void} redraw */
function owners(redraw) {
  return [
    el('div', { class: 'card' }, el('h2', {}, 'A certificate of an authority'),
      el('p', {}, 'First a request, signed by a key that is made in the secure element and stays there. Then what the authority answers.'),
      form('Make request', async (values) => {
        const { pem } = await change('certificates/request', { ...names(values), days: null });
        const link = el('a', { class: 'button', 'data-kind': 'quiet', download: 'camera.csr', href: `data:application/pkcs10,${encodeURIComponent(pem)}` }, 'Save request');
        return el('div', { class: 'stack' }, el('textarea', { readonly: true, 'aria-label': 'Certificate request' }, pem), link);
      }, NAMES()),
      form('Install', async (values) => {
        await change('certificates/install', { pem: values.pem });
        redraw();
      }, el('label', {}, 'Chain (PEM), the camera’s certificate first', el('textarea', { name: 'pem', required: true, spellcheck: 'false', maxlength: 65536 })))),
    el('div', { class: 'card' }, el('h2', {}, 'A self-signed certificate'),
      notice('warn', 'It proves nothing about who it is: anybody can make one with the same names. It replaces the one of an authority.'),
      form('Make self-signed certificate', async (values) => {
        await change('certificates/self-signed', { ...names(values), days: Number(values.days) });
        redraw();
      }, NAMES(), el('div', { class: 'fields' }, field('Days', 'days', { type: 'number', min: 1, max: 3650, value: 365 })))),
  ];
}
