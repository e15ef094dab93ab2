// What is known about one group of pictures, in plain words: two questions (untouched? ours?), then the facts, then where the recorder
// says otherwise.

import { el, replace } from '/camseal/dom.js';
import { clock, findingShort, fullTime, LOOK_WORDS, lookOf, oursWords, untouchedWords } from './words.js';

/** @typedef {import('./words.js').Group} Group */
/** @typedef {{camera: string, pinned: boolean, onUnpin: () => void, onPlay: (utcMs: number) => void}} Context */

/**
 * @param {HTMLElement} root
 * @param {Group|null} group
 * @param {Context} context
 */
export function showDetails(root, group, context) {
  if (!group) {
    replace(root, el('h2', { id: 'details-title' }, 'Nothing chosen'), el('p', { class: 'muted' }, 'Choose a stretch of the timeline to see what is known about it.'));
    return;
  }
  const look = lookOf(group);
  replace(
    root,
    el(
      'div',
      { class: 'details-head' },
      el('span', { class: `mark look-${look}`, 'aria-hidden': 'true' }, LOOK_WORDS[look].symbol),
      el('h2', { id: 'details-title' }, LOOK_WORDS[look].long),
    ),
    el('p', { class: 'when' }, `${fullTime(Date.parse(group.start))} to ${clock(group.end)}`),
    ...questions(group),
    difference(group),
    facts(group, context.camera),
    buttons(group, context),
  );
}

/** @param {Group} group */
function questions(group) {
  const finding = group.own;
  if (!finding) return [el('p', {}, 'This viewer looks at it in a moment; until then the strip shows it hollow.')];
  return [
    el(
      'dl',
      { class: 'questions' },
      el('dt', {}, 'Untouched?'),
      el('dd', {}, untouchedWords(finding)),
      el('dt', {}, 'Ours?'),
      el('dd', {}, oursWords(finding)),
    ),
    finding.detail && el('p', { class: 'reason' }, finding.detail),
  ];
}

/** @param {Group} group @param {string} camera */
function facts(group, camera) {
  const finding = group.own ?? group.recorder;
  /** @type {[string, string][]} */
  const rows = [['Camera', finding?.serial ?? camera]];
  if (finding) {
    rows.push(['Pictures', String(finding.pictures)]);
    if (finding.sounds) rows.push(['Sound frames', String(finding.sounds)]);
    if (finding.reason) rows.push(['Reason', finding.reason.replaceAll('_', ' ')]);
  }
  if (group.number >= 0) rows.push(['Signature', `number ${group.number}`]);
  if (group.source) rows.push(['Looked at', group.source === 'STORED' ? 'the stored recording' : 'the stream as it arrived']);
  return el('dl', { class: 'facts' }, ...rows.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

/** @param {Group} group */
function difference(group) {
  if (!group.recorder) return null;
  if (!group.differs || !group.own) return el('p', { class: 'muted' }, `On arrival the recorder found: ${findingShort(group.recorder)}.`);
  return el(
    'div',
    { class: 'notice', dataset: { kind: 'bad' } },
    el('b', {}, 'Recorder and viewer differ'),
    el(
      'p',
      {},
      `On arrival the recorder found: ${findingShort(group.recorder)}. What it hands out now is: ${findingShort(group.own)}. So it was changed after it was recorded.`,
    ),
  );
}

/** @param {Group} group @param {Context} context */
function buttons(group, context) {
  const quiet = { type: 'button', dataset: { kind: 'quiet' } };
  return el(
    'div',
    { class: 'row' },
    el('button', { ...quiet, on: { click: () => context.onPlay(Date.parse(group.start)) } }, 'Play from here'),
    context.pinned && el('button', { ...quiet, on: { click: context.onUnpin } }, 'Follow playback'),
  );
}
