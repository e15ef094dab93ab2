// @ts-check
/**
 * Fragmented MP4 that comes in one long answer, played as it comes. Mounted by Routes.shared() at /camseal/play.js.
 *
 *   const feed = new MediaFeed(video);
 *   await feed.open();
 *   await readFrames(answer.body.getReader(), () => wanted, (kind, payload) => …feed.format(mime) … feed.push(payload)…);
 */

/** What the frames of both kinds of pictures begin with; the kinds behind them are each page's own. */
export const INIT_SEGMENT = 1;
export const FRAGMENT = 2;
export const FORMAT = 3;

const KEEP_BEHIND_S = 40;

/**
 * Reads frames, [kind u8][length u32][payload], to the end of the answer or until they are not wanted any more.
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @param {() => boolean} wanted
 * @param {(kind: number, payload: Uint8Array) => void} take
 */
export async function readFrames(reader, wanted, take) {
  /** @type {Uint8Array} */
  let held = new Uint8Array(0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !wanted()) return;
    if (held.length) {
      const joined = new Uint8Array(held.length + value.length);
      joined.set(held);
      joined.set(value, held.length);
      held = joined;
    } else held = value;
    let at = 0;
    while (held.length - at >= 5) {
      const length = new DataView(held.buffer, held.byteOffset + at + 1, 4).getUint32(0);
      if (held.length - at - 5 < length) break;
      take(held[at] ?? 0, held.slice(at + 5, at + 5 + length));
      at += 5 + length;
    }
    held = held.slice(at);
  }
}

/** JSON in a frame. @param {Uint8Array} payload @returns {any} */
export function json(payload) {
  return JSON.parse(new TextDecoder().decode(payload));
}

/** What a video element is fed with. */
export class MediaFeed {
  /** @param {HTMLVideoElement} video */
  constructor(video) {
    this.video = video;
    /** @type {MediaSource|null} */
    this.source = null;
    /** @type {SourceBuffer|null} */
    this.buffer = null;
    /** @type {Uint8Array[]} */
    this.queue = [];
    this.mime = '';
  }

  /** Begins anew; what was there before is gone. */
  async open() {
    this.clear();
    const source = new MediaSource();
    this.source = source;
    const old = this.video.src;
    this.video.src = URL.createObjectURL(source);
    if (old) URL.revokeObjectURL(old);
    await new Promise((done) => source.addEventListener('sourceopen', done, { once: true }));
  }

  /** Forgets what waits. */
  clear() {
    this.buffer = null;
    this.queue = [];
    this.mime = '';
  }

  /**
   * How what follows is to be taken.
   * @param {string} mime
   * @returns {boolean} false if this browser does not play that
   */
  format(mime) {
    if (!MediaSource.isTypeSupported(mime)) return false;
    if (!this.source || this.source.readyState !== 'open') return true;
    if (!this.buffer) {
      this.buffer = this.source.addSourceBuffer(mime);
      this.buffer.mode = 'segments';
      this.buffer.addEventListener('updateend', () => this.feed());
    } else if (this.mime !== mime) this.buffer.changeType(mime);
    this.mime = mime;
    return true;
  }

  /** @param {Uint8Array} segment an initialisation segment or a fragment */
  push(segment) {
    this.queue.push(segment);
    this.feed();
  }

  feed() {
    const buffer = this.buffer;
    if (!buffer || buffer.updating || this.source?.readyState !== 'open') return;
    const next = this.queue.shift();
    if (next) {
      try {
        buffer.appendBuffer(/** @type {BufferSource} */ (next));
      } catch (error) {
        if (error instanceof DOMException && error.name === 'QuotaExceededError') {
          this.queue.unshift(next);
          buffer.remove(0, Math.max(0.1, this.video.currentTime - 5));
        } else throw error;
      }
      return;
    }
    const first = buffer.buffered.length ? buffer.buffered.start(0) : 0;
    if (this.video.currentTime - first > 2 * KEEP_BEHIND_S) buffer.remove(first, this.video.currentTime - KEEP_BEHIND_S);
  }

  /** Where what has come ends; null before anything has. @returns {number|null} */
  end() {
    const ranges = this.video.buffered;
    return ranges.length ? ranges.end(ranges.length - 1) : null;
  }

  /** Keeps the playhead near to the present. @param {number} end */
  keepUp(end) {
    const behind = end - this.video.currentTime;
    if (behind > 2.5 || this.video.currentTime === 0) this.video.currentTime = Math.max(0, end - 0.3);
    else this.video.playbackRate = behind > 0.8 ? 1.08 : behind < 0.15 ? 0.95 : 1;
  }

  /** Pictures that do not come leave holes; nobody should wait in front of one. */
  stepOverHoles() {
    const { currentTime: at, buffered } = this.video;
    for (let i = 0; i < buffered.length; i++) {
      const start = buffered.start(i);
      if (at < start && (i === 0 || at >= buffered.end(i - 1) - 0.1)) {
        this.video.currentTime = start + 0.01;
        return;
      }
      if (at < buffered.end(i) - 0.1) return;
    }
  }
}
