// @ts-check
// Users, for administrators.
import { el, notice, replace } from '/camseal/dom.js';
import { ask, change, who } from './api.js';
import { careful, choice, fact, field, form } from './forms.js';

/** @typedef {{name: string, role: string, streamSecret: 'none' | 'digest' | 'onvif'}} User */

const ROLES = /** @type {[string, string][]} */ ([['viewer', 'viewer: looks'], ['operator', 'operator: looks at the events too'], ['administrator', 'administrator: changes everything']]);
const SECRETS = { none: 'no: programs cannot log in with this account', digest: 'yes, for RTSP and HTTP Digest', onvif: 'yes, for ONVIF (WS-Security) too' };

/** @param {User} user @param {() => void} redraw */
function userCard(user, redraw) {
  const path = `users/${encodeURIComponent(user.name)}`;
  const secret = el('div', { role: 'status' });
  const now = el('span', {}, SECRETS[user.streamSecret]);
  /** @param {'none' | 'digest' | 'onvif'} kind @param {string} word */
  const button = (kind, word) => el('button', { type: 'button', 'data-kind': 'quiet', on: { click: async () => {
    const made = await change(`${path}/secret`, { kind }, 'PUT');
    if (made.secret) {
      now.textContent = SECRETS[kind];
      replace(secret, notice('good', el('p', {}, `Programs log in as ${user.name} with this secret. It is shown once:`), el('p', { class: 'secret' }, made.secret)));
    } else {
      redraw();
    }
  } } }, word);
  return el('article', { class: 'card', dataset: { user: user.name } },
    el('div', { class: 'row' }, el('h2', {}, user.name), el('span', { class: 'badge', dataset: { verdict: user.role === 'administrator' ? 'incomplete' : 'unsigned' } }, user.role)),
    el('dl', { class: 'facts' }, ...fact('Stream secret', now)),
    el('div', { class: 'row' }, button('digest', 'New stream secret'), button('onvif', 'New secret for ONVIF'), user.streamSecret === 'none' ? null : button('none', 'Take it away')),
    secret,
    form('Set role', async (values) => {
      await change(`${path}/role`, { role: values.role }, 'PUT');
      redraw();
    }, choice('Role', 'role', ROLES, user.role)),
    form('Set password', async (values) => {
      await change(`${path}/password`, { password: values.password }, 'PUT');
      return 'The password is set. They have to log in again.';
    }, field('New password', 'password', { type: 'password', autocomplete: 'new-password', minlength: 12, maxlength: 128 })),
    user.name === who().name ? null : careful('Remove user', `${user.name} cannot log in any more.`, async () => {
      await change(path, {}, 'DELETE');
      redraw();
    }));
}

/** @type {import('./camera.js').View} */
export async function users(place, redraw) {
  const all = /** @type {User[]} */ (await ask('users'));
  place.append(
    el('p', { class: 'muted' }, 'People log in here with a password. Programs (recorders, video management) log in at RTSP and ONVIF with a stream secret that the camera makes.'),
    el('div', { class: 'cards' }, ...all.map((user) => userCard(user, redraw))),
    el('div', { class: 'card' }, el('h2', {}, 'Add a user'), form('Add', async (values) => {
      await change('users', { name: values.name, role: values.role, password: values.password });
      redraw();
    },
    el('div', { class: 'fields' },
      field('Name', 'name', { maxlength: 32 }),
      choice('Role', 'role', ROLES, 'viewer'),
      field('Password', 'password', { type: 'password', autocomplete: 'new-password', minlength: 12, maxlength: 128 })))));
}
