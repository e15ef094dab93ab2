// The demonstration's panel: what the recorder has in its hands, and a button that plays the attacker. It is shown only where the
// process behind the page offers these hooks.

import { el, errorNotice, getJson, replace, sendJson } from '/camseal/dom.js';
import { clock } from './words.js';

/**
 * @param {HTMLElement} root
 * @param {{camera: () => string, target: () => number|null, onAltered: (utcMs: number) => void}} context
 */
export function showDemo(root, context) {
  const hex = el('pre', { class: 'hex', 'aria-label': 'The newest bytes in the hands of the recorder' });
  const facts = el('dl', { class: 'facts' });
  const link = el('a', { target: '_blank', hidden: true }, 'Open the recorder’s own page');
  const alter = el('button', { id: 'alter', type: 'button', dataset: { kind: 'danger' } });
  const told = el('div', { id: 'altered', role: 'status', class: 'told' });
  replace(
    root,
    el('h2', { id: 'demo-title' }, 'Try to cheat'),
    el('p', { class: 'muted' }, 'You are the attacker now, and the recorder’s disk is yours. Change one single bit of the recording:'),
    alter,
    told,
    el('h3', {}, 'What the recorder sees'),
    hex,
    facts,
    link,
  );
  root.hidden = false;

  let busy = false;
  const label = () => {
    const target = context.target();
    alter.disabled = busy || target === null;
    alter.textContent = target === null ? 'Alter one byte of the recording' : `Alter one byte of the recording at ${clock(target)}`;
  };
  alter.addEventListener('click', async () => {
    const target = context.target();
    if (target === null) return;
    busy = true;
    label();
    try {
      const body = await sendJson('api/demo/alter', { camera: context.camera(), at: new Date(target).toISOString() });
      replace(told, el('p', {}, el('b', {}, `${clock(body.at)}: `), `${body.explanation} Now look at the strip.`));
      context.onAltered(Date.parse(body.at));
    } catch (error) {
      replace(told, errorNotice(error));
    } finally {
      busy = false;
      label();
    }
  });
  const refresh = async () => {
    label();
    if (document.hidden) return;
    try {
      /** @type {{hex: string[], facts: {name: string, value: string}[], console?: string}} */
      const view = await getJson(`api/demo/recorder?camera=${encodeURIComponent(context.camera())}`);
      hex.textContent = view.hex.join('\n');
      replace(facts, ...view.facts.flatMap((fact) => [el('dt', {}, fact.name), el('dd', {}, fact.value)]));
      link.hidden = !view.console;
      if (view.console) link.href = view.console;
    } catch {
      // the page says elsewhere that the viewer does not answer
    }
  };
  setInterval(refresh, 1000);
  refresh();
}
