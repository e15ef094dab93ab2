// @ts-check
// Forms as all views use them.
import { el, errorNotice, notice, replace } from '/camseal/dom.js';

/**
 * A labelled field.
 * @param {string} label
 * @param {string} name
 * @param {Record<string, any>} [properties] of the input
 */
export function field(label, name, properties = {}) {
  return el('label', {}, label, el('input', { name, autocomplete: 'off', spellcheck: 'false', required: true, ...properties }));
}

/**
 * A labelled choice.
 * @param {string} label
 * @param {string} name
 * @param {[string, string][]} options value and word
 * @param {string} [chosen]
 */
export function choice(label, name, options, chosen) {
  return el('label', {}, label, el('select', { name }, ...options.map(([value, word]) => el('option', { value, selected: value === chosen }, word))));
}

/**
 * A form that sends itself, and says beneath it what came of that.
 * @param {string} word on the button
 * @param {(values: Record<string, string>) => Promise<import('/camseal/dom.js').Child | void>} send what it gives is shown as done
 * @param {...import('/camseal/dom.js').Child} fields
 */
export function form(word, send, ...fields) {
  const answer = el('div', { role: 'status' });
  const button = el('button', { type: 'submit' }, word);
  const made = el('form', { class: 'stack', on: { submit: async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const values = Object.fromEntries([...new FormData(made)].map(([name, value]) => [name, String(value)]));
      const done = await send(values);
      replace(answer, done instanceof Node ? done : done ? notice('good', done) : null);
    } catch (error) {
      replace(answer, errorNotice(error));
    } finally {
      button.disabled = false;
    }
  } } }, ...fields, button, answer);
  return made;
}

/**
 * A button that asks again before it does what cannot be undone.
 * @param {string} word
 * @param {string} question
 * @param {() => Promise<void>} act
 */
export function careful(word, question, act) {
  const place = el('div', { role: 'status' });
  const button = el('button', { type: 'button', 'data-kind': 'quiet', on: { click: () => {
    const yes = el('button', { type: 'button', 'data-kind': 'danger', on: { click: async () => {
      try {
        await act();
      } catch (error) {
        replace(place, errorNotice(error));
      }
    } } }, 'Yes');
    replace(place, notice('warn', el('p', {}, question), el('div', { class: 'row' }, yes,
      el('button', { type: 'button', 'data-kind': 'quiet', on: { click: () => replace(place) } }, 'No'))));
    yes.focus();
  } } }, word);
  return el('div', { class: 'stack' }, button, place);
}

/** @param {string} name @param {...import('/camseal/dom.js').Child} value */
export function fact(name, ...value) {
  return [el('dt', {}, name), el('dd', {}, ...value)];
}
