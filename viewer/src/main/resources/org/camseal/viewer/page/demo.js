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
  const noise = el('canvas', { class: 'noise', width: 64, height: 36, role: 'img', 'aria-label': 'The newest sealed bytes drawn as grey dots: noise, no picture' });
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
    el('div', { class: 'sees' }, noise, hex),
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
      drawNoise(noise, view.hex.join(' '));
      hex.textContent = view.hex.slice(0, 4).join(' ');
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

/** Sealed bytes as dots: what somebody would see who took them for a picture. @param {HTMLCanvasElement} canvas @param {string} hex */
function drawNoise(canvas, hex) {
  const context = canvas.getContext('2d');
  const bytes = hex.split(' ').map((two) => Number.parseInt(two, 16));
  if (!context || bytes.length < 16) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < canvas.width * canvas.height; i++) {
    const grey = bytes[i % bytes.length] ?? 0;
    image.data.set([grey, grey, grey, 255], i * 4);
  }
  context.putImageData(image, 0, 0);
}
