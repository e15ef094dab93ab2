// @ts-check
// The stream and who may open it.
import { el, notice, time } from '/camseal/dom.js';
import { ask, change, may } from './api.js';
import { careful, fact, form } from './forms.js';
import { plain } from './certificates.js';
import { stateBadge } from './looks.js';

/**
 * @typedef {{id: string, subject: string, issuer: string, until: string, sha256: string}} Recipient
 * @typedef {{name: string, address: string, state: string, suite: string, readers: number, recipients: Recipient[]}} Stream
 */

/** @param {Recipient} one @param {() => void} redraw */
function recipient(one, redraw) {
  return el('article', { class: 'card' }, el('h3', {}, plain(one.subject)),
    el('dl', { class: 'facts' },
      ...fact('Issuer', plain(one.issuer)),
      ...fact('Valid until', time(one.until)),
      ...fact('SHA-256', el('span', { class: 'mono' }, one.sha256))),
    may('administrator') ? careful('Remove', 'From the next key picture on they cannot open the video. What was recorded before stays open to them.', async () => {
      await change(`recipients/${one.id}`, {}, 'DELETE');
      redraw();
    }) : null);
}

/** @type {import('./camera.js').View} */
export async function streams(place, redraw) {
  for (const stream of /** @type {Stream[]} */ (await ask('streams'))) {
    place.append(
      el('div', { class: 'card' }, el('div', { class: 'row' }, el('h2', {}, stream.name), stateBadge(stream.state)),
        el('dl', { class: 'facts' },
          ...fact('Address', el('code', {}, stream.address)),
          ...fact('Sealed with', stream.suite ? stream.suite.replaceAll('_', '-') : 'nothing is sent yet'),
          ...fact('Readers now', stream.readers))),
      el('h2', {}, 'Who may open it'),
      stream.recipients.length ? el('div', { class: 'cards' }, ...stream.recipients.map((one) => recipient(one, redraw)))
        : notice('warn', 'Nobody yet, so nothing is sent: what nobody can open is of no use.'));
  }
  if (may('administrator')) {
    place.append(el('div', { class: 'card' }, el('h2', {}, 'Add a recipient'),
      el('p', {}, 'The certificate of a person’s key for opening video. See that it is theirs: compare its SHA-256 with them.'),
      form('Add', async (values) => {
        await change('recipients', { pem: values.pem });
        redraw();
      }, el('label', {}, 'Certificate (PEM)', el('textarea', { name: 'pem', required: true, spellcheck: 'false', maxlength: 65536 })))));
  }
}
