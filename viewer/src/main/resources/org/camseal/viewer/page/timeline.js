// The strip of verdicts: one cell per group of pictures, or per few groups where there is no room, drawn as SVG. It is one control with
// the keyboard of a slider: arrow keys step from group to group, Page Up and Page Down from trouble to trouble, Enter plays.

import { clock, LOOK_WORDS, LOOKS, lookOf } from './words.js';

/** @typedef {import('./words.js').Group} Group */
/** @typedef {import('./words.js').Look} Look */
/** @typedef {{from: string, to?: string, cause: string, detail: string}} Gap */
/** @typedef {{from: number, to: number, groups: Group[]}} Cell */

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 76;
const TOP = 22;
const BAR = 34;

export class Timeline {
  /**
   * @param {HTMLElement} root
   * @param {{onSelect: (group: Group) => void, onPlay: (utcMs: number) => void}} events
   */
  constructor(root, events) {
    this.root = root;
    this.events = events;
    this.from = 0;
    this.to = 1;
    /** @type {Group[]} */
    this.groups = [];
    /** @type {Gap[]} */
    this.gaps = [];
    /** @type {string|null} */
    this.selected = null;
    /** @type {number|null} */
    this.playhead = null;
    this.svg = element('svg', { class: 'strip-svg', 'aria-hidden': 'true', height: String(HEIGHT) });
    this.tip = document.createElement('div');
    this.tip.className = 'tip';
    this.tip.hidden = true;
    root.append(this.svg, this.tip);
    root.tabIndex = 0;
    root.setAttribute('role', 'slider');
    root.setAttribute('aria-orientation', 'horizontal');
    root.addEventListener('pointermove', (event) => this.hover(event));
    root.addEventListener('pointerleave', () => (this.tip.hidden = true));
    root.addEventListener('click', (event) => this.click(event));
    root.addEventListener('keydown', (event) => this.key(event));
    root.addEventListener('blur', () => (this.tip.hidden = true));
    new ResizeObserver(() => this.draw()).observe(root);
  }

  /** @param {number} from @param {number} to @param {Group[]} groups @param {Gap[]} gaps */
  show(from, to, groups, gaps) {
    this.from = from;
    this.to = to;
    this.groups = groups;
    this.gaps = gaps;
    this.draw();
  }

  /** @param {number|null} utcMs */
  setPlayhead(utcMs) {
    this.playhead = utcMs;
    const head = this.svg.querySelector('.playhead');
    if (!head) return;
    const visible = utcMs !== null && utcMs >= this.from && utcMs <= this.to;
    head.setAttribute('visibility', visible ? 'visible' : 'hidden');
    if (visible && utcMs !== null) head.setAttribute('transform', `translate(${this.x(utcMs).toFixed(1)} 0)`);
  }

  /** @param {Group|null} group */
  select(group) {
    this.selected = group?.id ?? null;
    this.speak();
    this.draw();
  }

  /** @param {number} utcMs */
  x(utcMs) {
    return ((utcMs - this.from) / (this.to - this.from)) * this.width();
  }

  width() {
    return Math.max(50, this.root.clientWidth);
  }

  /** Neighbouring groups share a cell where each alone would be narrower than a finger of light. @returns {Cell[]} */
  cells() {
    const perMs = this.width() / (this.to - this.from);
    /** @type {Cell[]} */
    const cells = [];
    for (const group of this.groups) {
      const start = Math.max(this.from, Date.parse(group.start));
      const end = Math.min(this.to, Date.parse(group.end));
      if (end <= start) continue;
      const last = cells[cells.length - 1];
      if (last && (last.to - last.from) * perMs < 4 && start - last.to < 500) {
        last.to = end;
        last.groups.push(group);
      } else cells.push({ from: start, to: end, groups: [group] });
    }
    return cells;
  }

  draw() {
    const width = this.width();
    this.svg.setAttribute('width', String(width));
    this.svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    this.svg.replaceChildren(patterns(), element('rect', { class: 'rail', x: 0, y: TOP + BAR - 3, width, height: 3 }));
    this.ticks(width);
    for (const gap of this.gaps) this.drawGap(gap);
    for (const cell of this.cells()) this.drawCell(cell);
    const head = element('g', { class: 'playhead', visibility: 'hidden' });
    head.append(element('line', { x1: 0, x2: 0, y1: TOP - 8, y2: TOP + BAR + 4 }), element('path', { d: 'M-6 8h12v5l-6 6-6-6z' }));
    this.svg.append(head);
    this.setPlayhead(this.playhead);
    this.speak();
  }

  /** @param {number} width */
  ticks(width) {
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400].map((s) => s * 1000);
    const wanted = ((this.to - this.from) / width) * 84;
    const step = steps.find((s) => s >= wanted) ?? 21600000;
    for (let t = Math.ceil(this.from / step) * step; t <= this.to; t += step) {
      const x = this.x(t);
      this.svg.append(element('line', { class: 'tick', x1: x, x2: x, y1: TOP + BAR, y2: TOP + BAR + 5 }));
      if (x < 24 || x > width - 24) continue;
      const text = element('text', { class: 'tick-text', x, y: HEIGHT - 3, 'text-anchor': 'middle' });
      text.textContent = step < 60000 ? clock(t) : clock(t).slice(0, 5);
      this.svg.append(text);
    }
  }

  /** @param {Cell} cell */
  drawCell(cell) {
    const look = worst(cell.groups);
    const x = this.x(cell.from);
    const width = Math.max(1.5, this.x(cell.to) - x - (this.x(cell.to) - x > 5 ? 1.5 : 0.5));
    const alarming = look === 'forged' || look === 'stranger';
    const g = element('g', { class: `cell look-${look}` });
    const box = { x, y: alarming ? TOP - 4 : TOP, width, height: BAR + (alarming ? 4 : 0), rx: Math.min(3, width / 3) };
    g.append(element('rect', { class: 'fill', ...box }));
    g.append(element('rect', { class: 'pattern', ...box }));
    if (cell.groups.some((group) => group.id === this.selected)) {
      g.append(element('rect', { class: 'chosen', x: x - 2, y: TOP - 7, width: width + 4, height: BAR + 10, rx: 4 }));
    }
    if (width >= 13 || alarming || look === 'incomplete') this.symbol(g, look, x + width / 2, width);
    if (cell.groups.some((group) => group.differs)) {
      g.append(element('circle', { class: 'differs', cx: x + width / 2, cy: TOP + BAR + 1, r: 3 }));
    }
    this.svg.append(g);
  }

  /** @param {Element} g @param {Look} look @param {number} x @param {number} width */
  symbol(g, look, x, width) {
    const inside = width >= 13;
    const text = element('text', { class: inside ? 'symbol' : 'symbol above', x, y: inside ? TOP + BAR / 2 + 4.5 : TOP - 8, 'text-anchor': 'middle' });
    text.textContent = LOOK_WORDS[look].symbol;
    g.append(text);
  }

  /** @param {Gap} gap */
  drawGap(gap) {
    const from = Math.max(this.from, Date.parse(gap.from));
    const to = Math.min(this.to, gap.to ? Date.parse(gap.to) : this.to);
    if (to <= from) return;
    this.svg.append(element('rect', { class: 'gap', x: this.x(from), y: TOP + 8, width: Math.max(1, this.x(to) - this.x(from)), height: BAR - 12, rx: 3 }));
  }

  /** @param {number} clientX @returns {number} UTC ms */
  timeAt(clientX) {
    const box = this.root.getBoundingClientRect();
    return this.from + ((clientX - box.left) / box.width) * (this.to - this.from);
  }

  /** @param {number} utcMs @returns {Group|null} */
  groupAt(utcMs) {
    return this.groups.find((g) => utcMs >= Date.parse(g.start) && utcMs < Date.parse(g.end)) ?? null;
  }

  /** @param {PointerEvent} event */
  hover(event) {
    const at = this.timeAt(event.clientX);
    const group = this.groupAt(at);
    const gap = this.gaps.find((g) => at >= Date.parse(g.from) && at < (g.to ? Date.parse(g.to) : Infinity));
    if (!group && !gap) {
      this.tip.hidden = true;
      return;
    }
    this.tooltip(group ? sentence(group) : `Nothing recorded: ${gap?.detail ?? ''}`, event.clientX - this.root.getBoundingClientRect().left);
  }

  /** @param {string} text @param {number} x */
  tooltip(text, x) {
    this.tip.textContent = text;
    this.tip.hidden = false;
    const half = this.tip.offsetWidth / 2;
    this.tip.style.left = `${Math.min(Math.max(half, x), this.width() - half)}px`;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const at = this.timeAt(event.clientX);
    const group = this.groupAt(at);
    if (group) {
      this.select(group);
      this.events.onSelect(group);
    }
    this.events.onPlay(group ? Date.parse(group.start) : at);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.groups.length) return;
    const current = this.index();
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    let index = current;
    if (step) index = Math.min(this.groups.length - 1, Math.max(0, current + step));
    else if (event.key === 'Home') index = 0;
    else if (event.key === 'End') index = this.groups.length - 1;
    else if (event.key === 'PageUp') index = this.trouble(current, -1);
    else if (event.key === 'PageDown') index = this.trouble(current, 1);
    else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const group = this.groups[current];
      if (group) this.events.onPlay(Date.parse(group.start));
      return;
    } else return;
    event.preventDefault();
    const group = this.groups[index];
    if (!group) return;
    this.select(group);
    this.events.onSelect(group);
    this.tooltip(sentence(group), this.x((Date.parse(group.start) + Date.parse(group.end)) / 2));
  }

  /** @param {number} from @param {number} step @returns {number} */
  trouble(from, step) {
    for (let i = from + step; i >= 0 && i < this.groups.length; i += step) {
      const group = this.groups[i];
      if (group && !['ours', 'unchecked'].includes(lookOf(group))) return i;
    }
    return from;
  }

  index() {
    const chosen = this.groups.findIndex((group) => group.id === this.selected);
    return chosen >= 0 ? chosen : this.groups.length - 1;
  }

  /** What a screen reader says. */
  speak() {
    const index = this.index();
    const group = this.groups[index];
    this.root.setAttribute('aria-valuemin', '0');
    this.root.setAttribute('aria-valuemax', String(Math.max(0, this.groups.length - 1)));
    this.root.setAttribute('aria-valuenow', String(Math.max(0, index)));
    this.root.setAttribute('aria-valuetext', group ? sentence(group) : 'nothing recorded here');
  }
}

/** @param {Group} group */
function sentence(group) {
  const differs = group.differs ? '; the recorder said otherwise' : '';
  return `${clock(Date.parse(group.start))} UTC: ${LOOK_WORDS[lookOf(group)].long}${differs}`;
}

/** @param {Group[]} groups @returns {Look} */
function worst(groups) {
  let index = 0;
  for (const group of groups) index = Math.max(index, LOOKS.indexOf(lookOf(group)));
  return LOOKS[index] ?? 'unchecked';
}

/** Shapes beside colours, for who cannot tell the colours apart. */
function patterns() {
  const defs = element('defs', {});
  for (const [id, path] of [['hatch', 'M0 6L6 0'], ['cross', 'M0 6L6 0M0 0L6 6'], ['dots', 'M3 3h.01']]) {
    const pattern = element('pattern', { id: `strip-${id}`, width: 6, height: 6, patternUnits: 'userSpaceOnUse' });
    pattern.append(element('path', { class: 'ink', d: path ?? '' }));
    defs.append(pattern);
  }
  return defs;
}

/** @param {string} name @param {Record<string, string|number>} attributes @returns {SVGElement} */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
