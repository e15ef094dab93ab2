// @ts-check
// The camera's interface, as the pages ask it: with the session's own word at each change.
import { getJson, sendJson } from '/camseal/dom.js';

/**
 * @typedef {{fresh: boolean, name?: string, role?: 'viewer' | 'operator' | 'administrator', csrf?: string}} Standing
 */

/** @type {Standing} */
let standing = { fresh: false };

/** Where this browser stands. */
export function who() {
  return standing;
}

/** Asks anew who is logged in. */
export async function recognise() {
  standing = /** @type {Standing} */ (await getJson('/api/session'));
  return standing;
}

/**
 * Reads something.
 * @param {string} path behind /api/
 * @param {{unattended?: boolean}} [how] unattended: the page asks by itself, which keeps no login alive
 * @returns {Promise<any>}
 */
export function ask(path, how = {}) {
  const mark = how.unattended ? `${path.includes('?') ? '&' : '?'}unattended` : '';
  return getJson(`/api/${path}${mark}`);
}

/**
 * Changes something.
 * @param {string} path behind /api/
 * @param {unknown} body
 * @param {'POST' | 'PUT' | 'DELETE'} [method]
 * @returns {Promise<any>}
 */
export function change(path, body, method = 'POST') {
  return sendJson(`/api/${path}`, body, method, standing.csrf ? { 'X-CamSeal-Csrf': standing.csrf } : {});
}

/** @param {'first' | 'login' | 'password'} path @param {unknown} body */
export async function enter(path, body) {
  standing = /** @type {Standing} */ (await change(path, body));
  return standing;
}

/** @param {'viewer' | 'operator' | 'administrator'} role */
export function may(role) {
  const roles = ['viewer', 'operator', 'administrator'];
  return standing.role !== undefined && roles.indexOf(standing.role) >= roles.indexOf(role);
}
