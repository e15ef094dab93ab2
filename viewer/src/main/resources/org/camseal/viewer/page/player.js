// Plays what the viewer process has opened: a stream of frames, where kind 1 is an MP4 initialisation segment, 2 an MP4 fragment, and the others
// are JSON. Verdicts travel in the same stream, so that picture and verdict cannot part.
import { FORMAT, FRAGMENT, INIT_SEGMENT, json, MediaFeed, readFrames } from '/camseal/play.js';

/** @typedef {import('./words.js').Group} Group */
/**
 * @typedef {object} PlayerEvents
 * @property {(state: string|null, detail: string) => void} onState what stands in the way of a picture; null when nothing does
 * @property {(group: Group, mediaStart: number, mediaEnd: number) => void} onGroup
 * @property {(utcMs: number) => void} onTime
 * @property {(message: {from: string, to: string, detail: string}) => void} onGap
 */

const [MARK, VERDICT, GAP, STATE, END] = [4, 5, 6, 7, 8];
const FETCH_AHEAD_S = 12;

export class Player {
  /** @param {HTMLVideoElement} video @param {PlayerEvents} events */
  constructor(video, events) {
    this.video = video;
    this.events = events;
    /** @type {AbortController|null} */
    this.abort = null;
    this.media = new MediaFeed(video);
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
    this.media.clear();
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
    await this.media.open();
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
      await readFrames(answer.body.getReader(), () => session === this.session, (kind, payload) => this.frame(kind, payload));
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

  /** @param {number} kind @param {Uint8Array} payload */
  frame(kind, payload) {
    if (kind === INIT_SEGMENT || kind === FRAGMENT) this.media.push(payload);
    else this.message(kind, json(payload));
  }

  /** @param {number} kind @param {any} message */
  message(kind, message) {
    switch (kind) {
      case FORMAT:
        if (!this.media.format(message.mime)) this.events.onState('UNSUPPORTED', message.mime);
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

  /** Keeps the playhead inside of what is there, near to the present when live, and asks for more when little is left. */
  tick() {
    const video = this.video;
    if (video.error) {
      this.events.onState('LOST', video.error.message);
      return;
    }
    const end = this.media.end();
    if (end !== null) {
      if (this.live) this.media.keepUp(end);
      this.media.stepOverHoles();
      if (this.wanted && video.paused && video.readyState >= 2) video.play().catch(() => undefined);
      const left = end - video.currentTime;
      if (!this.live && !this.loading && left < FETCH_AHEAD_S && this.next != null && Date.now() > (this.retryAt ?? 0)) this.load(this.session);
    } else if (!this.live && !this.loading && this.next != null && Date.now() > (this.retryAt ?? 0) && this.media.source?.readyState === 'open') {
      this.load(this.session);
    }
    const utc = this.utc();
    if (utc !== null && video.readyState >= 2) this.events.onTime(utc);
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
