// @ts-check
/**
 * Small helpers for pages: elements, JSON, events, words for verdicts and times. An ES module with JSDoc types, no dependencies.
 * Mounted by Routes.shared() at /camseal/dom.js:
 *
 *   import { el, replace, getJson, verdictBadge, time } from '/camseal/dom.js';
 *
 *   const cameras = await getJson('/api/cameras');
 *   replace(need('#cameras'), ...cameras.map((camera) => el('li', { class: 'card' }, camera.name, verdictBadge(camera.verdict))));
 *
 * Text always becomes text nodes, never HTML: what a camera is called cannot run in the page.
 */

/** @typedef {'authentic' | 'incomplete' | 'forged' | 'unsigned' | 'pending' | 'untrusted'} VerdictName */
/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {{ error: { status: number, message: string, hint: string } }} ErrorBody */

/**
 * Makes an element. Properties: `class`, `dataset` (an object), `on` (event name to listener), `style` (custom properties by name, as
 * '--from'), attributes by their name; `true` sets an attribute without value, `false`, null and undefined leave it out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name === 'dataset') {
      Object.assign(element.dataset, value);
    } else if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, /** @type {EventListener} */ (listener));
      }
    } else if (name === 'style') {
      for (const [property, text] of Object.entries(value)) {
        element.style.setProperty(property, String(text));
      }
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, ...children);
  return element;
}

/**
 * Appends children; strings and numbers as text, nothing for null, undefined and false.
 * @param {Element} parent
 * @param {...Child} children
 */
export function append(parent, ...children) {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      parent.append(child instanceof Node ? child : String(child));
    }
  }
}

/**
 * Replaces all children.
 * @param {Element} parent
 * @param {...Child} children
 */
export function replace(parent, ...children) {
  parent.replaceChildren();
  append(parent, ...children);
}

/**
 * The one element that a page cannot do without.
 * @template {Element} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function need(selector, within = document) {
  const found = within.querySelector(selector);
  if (found === null) {
    throw new Error(`this page has no ${selector}`);
  }
  return /** @type {T} */ (/** @type {unknown} */ (found));
}

/** An answer of the server that says what is wrong and what to do. */
export class ServerError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {string} hint
   */
  constructor(status, message, hint) {
    super(message);
    this.name = 'ServerError';
    /** HTTP status; 0 if the server was not reached. */
    this.status = status;
    /** What to do; may be empty. */
    this.hint = hint;
  }
}

/**
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<any>}
 */
async function fetchJson(url, options) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { ...options, headers: { Accept: 'application/json', ...options.headers } });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') {
      throw cause;
    }
    throw new ServerError(0, 'The server does not answer', 'See whether it is still running');
  }
  if (response.status === 204) {
    return null;
  }
  const body = response.headers.get('Content-Type')?.startsWith('application/json') ? await response.json() : null;
  if (!response.ok) {
    const error = /** @type {ErrorBody | null} */ (body)?.error;
    throw new ServerError(response.status, error?.message ?? `The server answered ${response.status}`, error?.hint ?? '');
  }
  return body;
}

/**
 * Reads JSON. Throws ServerError.
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export function getJson(url, signal) {
  return fetchJson(url, { signal: signal ?? null });
}

/**
 * Sends JSON and reads JSON (null for an empty answer). Throws ServerError.
 * @param {string} url
 * @param {unknown} body
 * @param {'POST' | 'PUT' | 'DELETE'} [method]
 * @param {Record<string, string>} [headers] besides
 * @returns {Promise<any>}
 */
export function sendJson(url, body, method = 'POST', headers = {}) {
  return fetchJson(url, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } });
}

/**
 * Listens to server-sent events; the browser reconnects by itself.
 * @param {string} url
 * @param {Record<string, (data: any) => void>} listeners event name to listener of its JSON data
 * @param {(connected: boolean) => void} [onState] told when the connection comes and goes
 * @returns {() => void} ends it
 */
export function listen(url, listeners, onState = () => {}) {
  const source = new EventSource(url);
  source.addEventListener('open', () => onState(true));
  source.addEventListener('error', () => onState(false));
  for (const [name, listener] of Object.entries(listeners)) {
    source.addEventListener(name, (event) => listener(JSON.parse(/** @type {MessageEvent} */ (event).data)));
  }
  return () => source.close();
}

/** @type {Record<VerdictName, string>} */
const VERDICT_WORDS = {
  authentic: 'Authentic',
  incomplete: 'Incomplete',
  forged: 'Forged',
  unsigned: 'Unsigned',
  pending: 'Not checked yet',
  untrusted: 'Not one of ours',
};

/**
 * A verdict as colour, symbol and word. An unknown verdict is shown as unsigned, never as good.
 * @param {string} verdict in any case, as the server has it
 * @param {string} [detail] shown as a tooltip and to screen readers
 * @returns {HTMLElement}
 */
export function verdictBadge(verdict, detail = '') {
  const name = verdictName(verdict);
  return el(
    'span',
    { class: 'badge', dataset: { verdict: name }, title: detail || null },
    VERDICT_WORDS[name],
    detail && el('span', { class: 'visually-hidden' }, `: ${detail}`),
  );
}

/**
 * @param {string} verdict
 * @returns {VerdictName}
 */
export function verdictName(verdict) {
  const name = String(verdict).toLowerCase();
  return Object.hasOwn(VERDICT_WORDS, name) ? /** @type {VerdictName} */ (name) : 'unsigned';
}

/**
 * A message in the page.
 * @param {'info' | 'good' | 'warn' | 'bad'} kind
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function notice(kind, ...children) {
  return el('div', { class: 'notice', dataset: { kind }, role: kind === 'bad' ? 'alert' : 'status' }, ...children);
}

/**
 * Any error as a message in the page, with its hint.
 * @param {unknown} error
 * @returns {HTMLElement}
 */
export function errorNotice(error) {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof ServerError ? error.hint : '';
  return notice('bad', el('strong', {}, message), hint && el('p', {}, hint));
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DATE_CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

/**
 * An instant as an element: local time to read, UTC as a tooltip and for machines.
 * @param {string | number | Date} instant ISO 8601, or milliseconds since 1970
 * @param {'clock' | 'full'} [form]
 * @returns {HTMLTimeElement}
 */
export function time(instant, form = 'full') {
  const date = new Date(instant);
  const iso = date.toISOString();
  return el('time', { datetime: iso, title: iso, class: 'num' }, (form === 'clock' ? CLOCK : DATE_CLOCK).format(date));
}

/**
 * Seconds as a length of time: 0:07, 12:03, 1:00:00.
 * @param {number} seconds
 * @returns {string}
 */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/**
 * Bytes in units people read: 512 B, 1.4 MB.
 * @param {number} count
 * @returns {string}
 */
export function bytes(count) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}
