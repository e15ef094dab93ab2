// Plays what the viewer process has opened: a byte stream of frames [kind u8][length u32][payload], where kind 1 is an MP4
// initialisation segment, 2 an MP4 fragment, and the others are JSON. Verdicts travel in the same stream, so that picture and verdict
// cannot part.

/** @typedef {import('./words.js').Group} Group */
/**
 * @typedef {object} PlayerEvents
 * @property {(state: string|null, detail: string) => void} onState what stands in the way of a picture; null when nothing does
 * @property {(group: Group, mediaStart: number, mediaEnd: number) => void} onGroup
 * @property {(utcMs: number) => void} onTime
 * @property {(message: {from: string, to: string, detail: string}) => void} onGap
 */

const [INIT_SEGMENT, FRAGMENT, FORMAT, MARK, VERDICT, GAP, STATE, END] = [1, 2, 3, 4, 5, 6, 7, 8];
const KEEP_BEHIND_S = 40;
const FETCH_AHEAD_S = 12;

export class Player {
  /** @param {HTMLVideoElement} video @param {PlayerEvents} events */
  constructor(video, events) {
    this.video = video;
    this.events = events;
    /** @type {AbortController|null} */
    this.abort = null;
    /** @type {SourceBuffer|null} */
    this.buffer = null;
    /** @type {Uint8Array[]} */
    this.queue = [];
    /** @type {{media: number, utc: number}[]} */
    this.marks = [];
    /** @type {{start: number, end: number, group: Group}[]} */
    this.groups = [];
    this.live = false;
    this.wanted = false;
    this.session = 0;
    video.addEventListener('timeupdate', () => this.tick());
    setInterval(() => this.tick(), 250);
    this.everyPicture();
  }

  /** @param {string} camera */
  playLive(camera) {
    this.start(camera, true, null);
  }

  /** @param {string} camera @param {number} utcMs */
  playFrom(camera, utcMs) {
    this.start(camera, false, utcMs);
  }

  pause() {
    this.wanted = false;
    this.video.pause();
  }

  resume() {
    this.wanted = true;
    this.video.play().catch(() => undefined);
  }

  get paused() {
    return !this.wanted;
  }

  /** The UTC time of the picture on the screen, or null. */
  utc() {
    return this.utcAt(this.video.currentTime);
  }

  /** @param {number} media @returns {number|null} */
  utcAt(media) {
    let found = null;
    for (const mark of this.marks) {
      if (mark.media > media + 0.001) break;
      found = mark;
    }
    return found ? found.utc + (media - found.media) * 1000 : null;
  }

  /** The group that the picture on the screen belongs to, where its verdict is known. */
  groupNow() {
    const at = this.video.currentTime;
    return this.groups.find((g) => at >= g.start - 0.001 && at < g.end)?.group ?? null;
  }

  stop() {
    this.session++;
    this.abort?.abort();
    this.abort = null;
    this.buffer = null;
    this.queue = [];
    this.marks = [];
    this.groups = [];
  }

  /** @param {string} camera @param {boolean} live @param {number|null} utcMs */
  async start(camera, live, utcMs) {
    this.stop();
    const session = this.session;
    this.live = live;
    this.camera = camera;
    this.wanted = true;
    /** @type {number|null} */
    this.next = utcMs;
    this.mediaEnd = 0;
    this.loading = false;
    this.events.onState('CONNECTING', '');
    this.video.playbackRate = 1;
    this.source = new MediaSource();
    const old = this.video.src;
    this.video.src = URL.createObjectURL(this.source);
    if (old) URL.revokeObjectURL(old);
    await new Promise((done) => this.source?.addEventListener('sourceopen', done, { once: true }));
    if (session !== this.session) return;
    this.load(session);
  }

  /** One request: the endless live stream, or some seconds of the recording. @param {number} session */
  async load(session) {
    if (this.loading) return;
    this.loading = true;
    this.abort = new AbortController();
    const url = new URL(`api/cameras/${encodeURIComponent(this.camera ?? '')}/play`, document.baseURI);
    if (!this.live && this.next != null) url.searchParams.set('from', new Date(this.next).toISOString());
    url.searchParams.set('media', String(this.mediaEnd ?? 0));
    try {
      const answer = await fetch(url, { signal: this.abort.signal });
      if (answer.status === 404) {
        this.events.onState('NOTHING', '');
        this.retryAt = Date.now() + 3000;
        return;
      }
      if (!answer.ok || !answer.body) throw new Error(`the viewer answered ${answer.status}`);
      await this.read(answer.body.getReader(), session);
    } catch (error) {
      if (session !== this.session) return;
      this.events.onState('LOST', String(error));
    } finally {
      if (session === this.session) this.loading = false;
    }
    if (session === this.session && this.live) {
      await new Promise((done) => setTimeout(done, 1000));
      if (session === this.session) this.load(session);
    }
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array>} reader @param {number} session */
  async read(reader, session) {
    /** @type {Uint8Array} */
    let held = new Uint8Array(0);
    for (;;) {
      const { done, value } = await reader.read();
      if (done || session !== this.session) return;
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
        this.frame(held[at] ?? 0, held.slice(at + 5, at + 5 + length));
        at += 5 + length;
      }
      held = held.slice(at);
    }
  }

  /** @param {number} kind @param {Uint8Array} payload */
  frame(kind, payload) {
    if (kind === INIT_SEGMENT || kind === FRAGMENT) {
      this.queue.push(payload);
      this.feed();
    } else this.message(kind, JSON.parse(new TextDecoder().decode(payload)));
  }

  /** @param {number} kind @param {any} message */
  message(kind, message) {
    switch (kind) {
      case FORMAT:
        this.init(message.mime);
        break;
      case MARK:
        this.marks.push({ media: message.media, utc: Date.parse(message.utc) });
        this.mediaEnd = Math.max(this.mediaEnd ?? 0, message.mediaEnd);
        break;
      case VERDICT:
        this.groups.push({ start: message.mediaStart, end: message.mediaEnd, group: message.group });
        this.events.onGroup(message.group, message.mediaStart, message.mediaEnd);
        break;
      case GAP:
        this.events.onGap(message);
        break;
      case STATE:
        this.events.onState(message.obstacle ?? null, message.detail);
        break;
      case END:
        this.next = message.next ? Date.parse(message.next) : null;
        this.retryAt = message.edge ? Date.now() + 1500 : 0;
        break;
    }
  }

  /** @param {string} mime */
  init(mime) {
    if (!MediaSource.isTypeSupported(mime)) {
      this.events.onState('UNSUPPORTED', mime);
      return;
    }
    if (!this.source || this.source.readyState !== 'open') return;
    if (!this.buffer) {
      this.buffer = this.source.addSourceBuffer(mime);
      this.buffer.mode = 'segments';
      this.buffer.addEventListener('updateend', () => this.feed());
    } else if (this.mime !== mime) this.buffer.changeType(mime);
    this.mime = mime;
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

  /** Keeps the playhead inside of what is there, near to the present when live, and asks for more when little is left. */
  tick() {
    const video = this.video;
    const ranges = video.buffered;
    if (video.error) {
      this.events.onState('LOST', video.error.message);
      return;
    }
    if (ranges.length) {
      const end = ranges.end(ranges.length - 1);
      if (this.live) this.keepUp(end);
      this.stepOverHoles();
      if (this.wanted && video.paused && video.readyState >= 2) video.play().catch(() => undefined);
      const left = end - video.currentTime;
      if (!this.live && !this.loading && left < FETCH_AHEAD_S && this.next != null && Date.now() > (this.retryAt ?? 0)) this.load(this.session);
    } else if (!this.live && !this.loading && this.next != null && Date.now() > (this.retryAt ?? 0) && this.source?.readyState === 'open') {
      this.load(this.session);
    }
    const utc = this.utc();
    if (utc !== null && video.readyState >= 2) this.events.onTime(utc);
  }

  /** @param {number} end */
  keepUp(end) {
    const behind = end - this.video.currentTime;
    if (behind > 2.5 || this.video.currentTime === 0) this.video.currentTime = Math.max(0, end - 0.3);
    else this.video.playbackRate = behind > 0.8 ? 1.08 : behind < 0.15 ? 0.95 : 1;
  }

  /** Pictures that do not open leave holes; nobody should wait in front of one. */
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

  everyPicture() {
    const again = () => {
      const utc = this.utc();
      if (utc !== null) this.events.onTime(utc);
      this.video.requestVideoFrameCallback(again);
    };
    this.video.requestVideoFrameCallback(again);
  }

}
