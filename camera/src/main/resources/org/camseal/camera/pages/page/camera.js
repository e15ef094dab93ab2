// @ts-check
// The camera's pages: who is logged in, and which view is open.
import { el, errorNotice, need, notice, replace, ServerError } from '/camseal/dom.js';
import { change, enter, may, recognise, who } from './api.js';
import { certificates } from './certificates.js';
import { events } from './events.js';
import { field, form } from './forms.js';
import { live } from './live.js';
import { card, identity, status } from './looks.js';
import { streams } from './streams.js';
import { users } from './users.js';

/**
 * @typedef {(place: HTMLElement, redraw: () => void) => Promise<(() => void) | void>} View draws itself; what it gives back ends it
 * @typedef {{title: string, role: 'viewer' | 'operator' | 'administrator', view: View}} Part
 */

/** @type {Record<string, Part>} */
const PARTS = {
  live: { title: 'Picture', role: 'viewer', view: live },
  status: { title: 'Status', role: 'viewer', view: status },
  identity: { title: 'Identity', role: 'viewer', view: identity },
  certificates: { title: 'Certificates', role: 'viewer', view: certificates },
  streams: { title: 'Stream', role: 'viewer', view: streams },
  card: { title: 'SD card', role: 'viewer', view: card },
  events: { title: 'Events', role: 'operator', view: events },
  users: { title: 'Users', role: 'administrator', view: users },
  account: { title: 'My password', role: 'viewer', view: account },
};

/** @type {() => void} */
let end = () => {};
let drawing = 0;

/** @returns {keyof typeof PARTS} */
function asked() {
  const name = location.hash.slice(1);
  const part = PARTS[name];
  return part && may(part.role) ? name : 'live';
}

function bar() {
  const parts = need('#parts');
  const { name, role } = who();
  parts.hidden = !name;
  const links = Object.entries(PARTS).filter(([key, part]) => may(part.role) && key !== 'account');
  replace(parts, ...links.map(([key, part]) => el('a', { href: `#${key}`, 'aria-current': key === asked() ? 'page' : null }, part.title)));
  parts.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  replace(need('#who'), ...(name ? [
    el('a', { href: '#account', title: `${role}; change your password` }, name),
    el('button', { type: 'button', 'data-kind': 'quiet', on: { click: logout } }, 'Log out'),
  ] : []));
}

async function logout() {
  try {
    await change('logout', {});
  } catch {
    // it was over already
  }
  location.hash = '';
  await draw();
}

/** A view's fault: a login that is over leads to the login, anything else is said. @param {unknown} error */
export function trouble(error) {
  if (error instanceof ServerError && error.status === 401) {
    void draw();
  } else {
    replace(need('#trouble'), errorNotice(error));
  }
}

async function draw() {
  const turn = ++drawing;
  end();
  end = () => {};
  replace(need('#trouble'));
  try {
    const standing = await recognise();
    if (turn !== drawing) return;
    bar();
    if (standing.fresh || !standing.name) {
      replace(need('#view'), standing.fresh ? firstPassword() : login());
      need('#view').querySelector('input')?.focus({ preventScroll: true });
      return;
    }
    const part = PARTS[asked()];
    document.title = `${part?.title} · CamSeal camera`;
    const place = el('div', { class: 'stack' }, el('h1', {}, part?.title ?? ''));
    replace(need('#view'), place);
    const ended = await part?.view(place, () => void draw());
    if (turn === drawing) end = ended ?? (() => {});
    else ended?.();
  } catch (error) {
    if (turn === drawing) trouble(error);
  }
}

function login() {
  return el('div', { class: 'card narrow' },
    el('h1', {}, 'Log in'),
    form('Log in', async (values) => {
      await enter('login', { name: values.name, password: values.password });
      await draw();
    },
    field('User', 'name', { autocomplete: 'username', maxlength: 32 }),
    field('Password', 'password', { type: 'password', autocomplete: 'current-password', maxlength: 128 })));
}

/** @param {Record<string, string>} values */
function sameTwice(values) {
  if (values.password !== values.again) throw new Error('The two passwords differ');
}

const PASSWORD = { type: 'password', autocomplete: 'new-password', minlength: 12, maxlength: 128 };
const RULE = 'At least 12 characters. A few words that do not belong together are good; names, rows of keys and what everybody takes are refused.';

function firstPassword() {
  return el('div', { class: 'card narrow' },
    el('h1', {}, 'This camera is new'),
    el('p', {}, 'Nobody can see or change anything before there is an administrator. Choose a name and a password for the first one.'),
    notice('info', el('p', {}, 'Before you type a password, look whether this page shows this camera’s own certificate: its serial number is on the camera, and its SHA-256 is what ',
      el('code', {}, 'camseal cert explain'), ' says.')),
    form('Set password', async (values) => {
      sameTwice(values);
      await enter('first', { name: values.name, password: values.password });
      await draw();
    },
    field('Name', 'name', { autocomplete: 'username', maxlength: 32, value: 'admin' }),
    field('Password', 'password', PASSWORD),
    field('Password again', 'again', PASSWORD),
    el('p', { class: 'muted' }, RULE)));
}

/** @type {View} */
async function account(place) {
  place.append(el('div', { class: 'card narrow' }, form('Change password', async (values) => {
    sameTwice(values);
    await enter('password', { old: values.old, password: values.password });
    bar();
    return 'The password is changed. Other browsers have to log in again.';
  },
  field('Old password', 'old', { type: 'password', autocomplete: 'current-password', maxlength: 128 }),
  field('New password', 'password', PASSWORD),
  field('New password again', 'again', PASSWORD),
  el('p', { class: 'muted' }, RULE))));
}

window.addEventListener('hashchange', () => void draw());
void draw();
