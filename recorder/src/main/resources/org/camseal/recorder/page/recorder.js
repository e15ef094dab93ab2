// The recorder's console: what a blind recorder knows. Bytes, times, verdicts, gaps, room on the disk; never a picture.

/**
 * @typedef {object} GroupVerdict
 * @property {string} camera
 * @property {number} group
 * @property {string} start
 * @property {string} verdict
 * @property {string} detail
 * @property {string} signer
 *
 * @typedef {{from: string, to?: string, cause: string, detail: string}} Gap
 *
 * @typedef {object} CameraStatus
 * @property {string} name
 * @property {string} uri
 * @property {string} serial
 * @property {string} state
 * @property {string} detail
 * @property {string} since
 * @property {number} bytesReceived
 * @property {number} bitsPerSecond
 * @property {GroupVerdict[]} lastVerdicts
 * @property {Gap[]} gaps
 *
 * @typedef {{freeBytes: number, minimumFreeBytes: number, cameras: CameraStatus[]}} Status
 */

/** @type {Record<string, {words: string, tone: string}>} */
const STATES = {
  CONNECTING: { words: 'Connecting', tone: 'wait' },
  PROVING: { words: 'Proving who it is', tone: 'wait' },
  RECORDING: { words: 'Recording', tone: 'good' },
  DISK_FULL: { words: 'Not storing', tone: 'bad' },
  UNREACHABLE: { words: 'Not reachable', tone: 'bad' },
  REFUSED: { words: 'Turned away', tone: 'bad' },
  STOPPED: { words: 'Stopped', tone: 'wait' },
};

/** @type {Record<string, {symbol: string, words: string}>} */
const LOOKS = {
  ours: { symbol: '✓', words: 'untouched, from this camera' },
  incomplete: { symbol: '◐', words: 'parts missing' },
  stranger: { symbol: '?', words: 'not from this camera' },
  unsigned: { symbol: '–', words: 'nobody vouches for it' },
  forged: { symbol: '✕', words: 'altered on the way' },
};

/** @type {Map<string, {root: HTMLElement, update: (camera: CameraStatus) => void, bytes: (data: Uint8Array) => void}>} */
const cards = new Map();
/** @type {Map<string, number[]>} */
const rates = new Map();

/** @param {string} name @param {string} className @param {...(Node|string)} children */
function node(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** @param {number} bytes */
function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let i = 0;
  for (; bytes >= 1000 && i < units.length - 1; i++) bytes /= 1000;
  return `${i === 0 || bytes >= 100 ? Math.round(bytes) : bytes.toFixed(1)} ${units[i]}`;
}

/** @param {number} bits */
function rate(bits) {
  return bits >= 1e6 ? `${(bits / 1e6).toFixed(2)} Mbit/s` : `${Math.round(bits / 1000)} kbit/s`;
}

/** @param {string} iso */
const clock = (iso) => new Date(iso).toISOString().slice(11, 19);

/** @param {GroupVerdict} verdict */
function lookOf(verdict) {
  if (verdict.verdict === 'FORGED') return 'forged';
  if (verdict.signer === 'UNTRUSTED') return 'stranger';
  if (verdict.verdict === 'UNSIGNED' || verdict.signer !== 'TRUSTED') return 'unsigned';
  return verdict.verdict === 'INCOMPLETE' ? 'incomplete' : 'ours';
}

/** @param {string} name */
function card(name) {
  const state = node('p', 'state');
  const noise = /** @type {HTMLCanvasElement} */ (node('canvas', 'noise'));
  noise.width = 96;
  noise.height = 54;
  noise.setAttribute('role', 'img');
  noise.setAttribute('aria-label', 'The newest sealed bytes drawn as grey dots: noise, no picture');
  const hex = node('pre', 'hex');
  hex.setAttribute('aria-label', 'The newest sealed bytes');
  const received = node('dd', '');
  const bits = node('dd', '');
  const serial = node('dd', '');
  const uri = node('dd', '');
  const spark = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  spark.setAttribute('class', 'spark');
  spark.setAttribute('viewBox', '0 0 120 30');
  spark.setAttribute('preserveAspectRatio', 'none');
  spark.setAttribute('aria-hidden', 'true');
  const strip = node('div', 'verdicts');
  strip.setAttribute('role', 'img');
  const stripWords = node('p', 'words');
  const gaps = node('ul', 'gaps');
  const root = node(
    'section', 'card camera',
    node('div', 'camera-head', node('h2', '', name), state),
    node('div', 'see',
      node('figure', '', noise, node('figcaption', '', 'the newest sealed bytes, drawn as dots: noise')),
      hex),
    node('dl', 'facts',
      node('dt', '', 'Device'), serial, node('dt', '', 'From'), uri,
      node('dt', '', 'Received'), received, node('dt', '', 'Bit rate'), bits),
    spark,
    node('h3', '', 'Verdicts on arrival'), strip, stripWords,
    node('h3', '', 'Gaps'), gaps,
  );
  return {
    root,
    /** @param {CameraStatus} camera */
    update(camera) {
      const known = STATES[camera.state] ?? { words: camera.state, tone: 'wait' };
      state.className = `state tone-${known.tone}`;
      state.replaceChildren(node('b', '', known.words), ` since ${clock(camera.since)} UTC`);
      if (camera.state !== 'RECORDING') state.append(node('span', '', camera.detail));
      serial.textContent = camera.serial;
      uri.textContent = camera.uri;
      received.textContent = `${size(camera.bytesReceived)} sealed`;
      bits.textContent = rate(camera.bitsPerSecond);
      drawRate(spark, camera);
      drawVerdicts(strip, stripWords, camera.lastVerdicts);
      drawGaps(gaps, camera.gaps);
    },
    /** @param {Uint8Array} data */
    bytes(data) {
      drawNoise(noise, data);
      const lines = [];
      for (let at = 0; at < Math.min(data.length, 88); at += 8) {
        lines.push([...data.subarray(at, at + 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
      }
      hex.textContent = lines.join('\n');
    },
  };
}

/** @param {HTMLCanvasElement} canvas @param {Uint8Array} data */
function drawNoise(canvas, data) {
  const context = canvas.getContext('2d');
  if (!context || !data.length) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < canvas.width * canvas.height; i++) {
    const grey = data[i % data.length] ?? 0;
    image.data.set([grey, grey, grey, 255], i * 4);
  }
  context.putImageData(image, 0, 0);
}

/** @param {SVGSVGElement} svg @param {CameraStatus} camera */
function drawRate(svg, camera) {
  const past = rates.get(camera.name) ?? [];
  past.push(camera.bitsPerSecond);
  if (past.length > 60) past.shift();
  rates.set(camera.name, past);
  const top = Math.max(1, ...past);
  const points = past.map((value, i) => `${(120 * (i + 60 - past.length)) / 59},${28 - (25 * value) / top}`);
  const first = points[0]?.split(',')[0] ?? '0';
  svg.replaceChildren();
  const area = document.createElementNS(svg.namespaceURI, 'path');
  area.setAttribute('class', 'area');
  area.setAttribute('d', `M${first},30L${points.join('L')}L120,30Z`);
  const line = document.createElementNS(svg.namespaceURI, 'path');
  line.setAttribute('class', 'line');
  line.setAttribute('d', `M${points.join('L')}`);
  svg.append(area, line);
}

/** @param {HTMLElement} strip @param {HTMLElement} words @param {GroupVerdict[]} verdicts */
function drawVerdicts(strip, words, verdicts) {
  const shown = verdicts.slice(-60);
  strip.replaceChildren(
    ...shown.map((verdict) => {
      const look = lookOf(verdict);
      const cell = node('span', `cell look-${look}`, LOOKS[look]?.symbol ?? '');
      cell.title = `${clock(verdict.start)} UTC: ${LOOKS[look]?.words ?? ''}${verdict.detail ? `. ${verdict.detail}` : ''}`;
      return cell;
    }),
  );
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const verdict of shown) counts.set(lookOf(verdict), (counts.get(lookOf(verdict)) ?? 0) + 1);
  const text = [...counts].map(([look, count]) => `${count} ${LOOKS[look]?.words}`).join(', ');
  words.textContent = shown.length ? `Of the last ${shown.length} groups of pictures: ${text}.` : 'No group of pictures yet.';
  strip.setAttribute('aria-label', words.textContent);
}

/** @param {HTMLElement} list @param {Gap[]} gaps */
function drawGaps(list, gaps) {
  if (!gaps.length) {
    list.replaceChildren(node('li', 'none', 'None.'));
    return;
  }
  list.replaceChildren(
    ...gaps
      .slice(-6)
      .reverse()
      .map((gap) => node('li', gap.to ? '' : 'open', node('b', '', `${clock(gap.from)} to ${gap.to ? clock(gap.to) : 'now'}`), ` ${gap.detail}`)),
  );
}

/** @param {Status} status */
function show(status) {
  const host = /** @type {HTMLElement} */ (document.getElementById('cameras'));
  for (const camera of status.cameras) {
    let made = cards.get(camera.name);
    if (!made) {
      made = card(camera.name);
      cards.set(camera.name, made);
      host.append(made.root);
    }
    made.update(camera);
  }
  const text = /** @type {HTMLElement} */ (document.getElementById('disk-text'));
  const meter = /** @type {HTMLElement} */ (document.getElementById('disk-meter'));
  const tight = status.freeBytes >= 0 && status.freeBytes < 2 * status.minimumFreeBytes;
  text.textContent = status.freeBytes < 0 ? 'cannot be asked' : `${size(status.freeBytes)} free; writing stops at ${size(status.minimumFreeBytes)}, and nothing is deleted`;
  meter.classList.toggle('tight', tight);
  const share = status.freeBytes < 0 ? 0 : 1 - status.minimumFreeBytes / Math.max(status.freeBytes, status.minimumFreeBytes, 1);
  meter.setAttribute('aria-valuenow', String(Math.round(share * 100)));
  /** @type {HTMLElement} */ (meter.firstElementChild).style.width = `${Math.round(share * 100)}%`;
}

/** @param {boolean} up */
function link(up) {
  const pill = /** @type {HTMLElement} */ (document.getElementById('link'));
  pill.classList.toggle('is-up', up);
  /** @type {HTMLElement} */ (pill.lastElementChild).textContent = up ? 'running' : 'does not answer';
}

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch('api/status');
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
    link(true);
    for (const [name, made] of cards) {
      const bytes = await fetch(`api/cameras/${encodeURIComponent(name)}/newest-bytes`);
      if (bytes.ok) made.bytes(new Uint8Array(await bytes.arrayBuffer()));
    }
  } catch {
    link(false);
  }
}

setInterval(refresh, 1000);
refresh();
