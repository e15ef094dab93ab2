// @ts-check
// The picture: moving, where this login may see it and this browser plays it.
import { el, notice, replace, ServerError, time } from '/camseal/dom.js';
import { FORMAT, FRAGMENT, INIT_SEGMENT, json, MediaFeed, readFrames } from '/camseal/play.js';
import { ask } from './api.js';
import { plain } from './certificates.js';
import { fact } from './forms.js';
import { repeat, stateBadge, toLogin } from './looks.js';

const [MARK, END] = [4, 5];
const AGAIN_MS = 1000;
const TICK_MS = 250;
const STILL_MS = 5000;

/**
 * @typedef {{picture: boolean, role: string}} Live
 * @typedef {'connecting' | 'moving' | 'still' | 'SOURCE_OVER' | 'TOO_MANY' | 'UNFIT' | 'LOST' | 'UNSUPPORTED'} State
 */

/** What is said instead of a picture. @type {Record<string, string>} */
const WORDS = {
  connecting: 'Waiting for the first picture …',
  still: 'Nothing new has come for some seconds. Waiting …',
  SOURCE_OVER: 'The camera’s source gives no picture just now. Trying again …',
  TOO_MANY: 'As many browsers are watching already as this camera can serve. Close one of them; this one tries again.',
  LOST: 'The camera does not answer. Trying again …',
};

/** Plays the one long answer again and again, until it is ended. */
class Moving {
  /** @param {HTMLVideoElement} video @param {(state: State, detail: string) => void} told @param {(utcMs: number) => void} onTime */
  constructor(video, told, onTime) {
    this.video = video;
    this.told = told;
    this.onTime = onTime;
    this.feed = new MediaFeed(video);
    this.abort = new AbortController();
    this.turn = 0;
    /** @type {{media: number, utc: number}[]} */
    this.marks = [];
    this.lastEnd = 0;
    this.cameAt = Date.now();
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.onVisible = () => (document.hidden ? this.pause() : void this.run());
    document.addEventListener('visibilitychange', this.onVisible);
  }

  /** Nobody looks at a page that is hidden: it costs the camera nothing. */
  pause() {
    this.turn++;
    this.abort.abort();
  }

  end() {
    this.pause();
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.onVisible);
    const old = this.video.src;
    this.video.removeAttribute('src');
    if (old) URL.revokeObjectURL(old);
  }

  async run() {
    const turn = ++this.turn;
    while (turn === this.turn) {
      await this.once(turn);
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }

  /** @param {number} turn */
  async once(turn) {
    this.abort = new AbortController();
    this.marks = [];
    this.lastEnd = 0;
    await this.feed.open();
    if (turn !== this.turn) return;
    try {
      const answer = await fetch('/api/live/stream?unattended', { signal: this.abort.signal });
      if (answer.status === 401) toLogin();
      if (!answer.ok || !answer.body) throw new ServerError(answer.status, 'There is no picture', '');
      await readFrames(answer.body.getReader(), () => turn === this.turn, (kind, payload) => this.frame(kind, payload));
    } catch {
      if (turn === this.turn) this.told('LOST', '');
    }
  }

  /** @param {number} kind @param {Uint8Array} payload */
  frame(kind, payload) {
    switch (kind) {
      case INIT_SEGMENT:
      case FRAGMENT:
        this.feed.push(payload);
        break;
      case FORMAT: {
        const { mime } = json(payload);
        if (!this.feed.format(mime)) {
          this.pause();
          this.told('UNSUPPORTED', mime);
        }
        break;
      }
      case MARK: {
        const mark = json(payload);
        this.marks = [...this.marks.slice(-250), { media: mark.media, utc: Date.parse(mark.utc) }];
        break;
      }
      case END: {
        const { ending } = json(payload);
        if (ending === 'LOGGED_OUT') {
          this.pause();
          toLogin();
        } else {
          if (ending === 'UNFIT') this.pause();
          this.told(ending, '');
        }
        break;
      }
    }
  }

  tick() {
    const { video } = this;
    const end = this.feed.end();
    if (end === null || document.hidden) return;
    this.feed.keepUp(end);
    this.feed.stepOverHoles();
    if (video.paused && video.readyState >= 2) video.play().catch(() => undefined);
    if (end !== this.lastEnd) {
      this.lastEnd = end;
      this.cameAt = Date.now();
      if (video.readyState >= 2) this.told('moving', '');
    } else if (Date.now() - this.cameAt > STILL_MS) this.told('still', '');
    const mark = this.marks.findLast((one) => one.media <= video.currentTime + 0.001);
    if (mark) this.onTime(mark.utc + (video.currentTime - mark.media) * 1000);
  }
}

/** How the video is seen where it counts. @param {any} stream */
function sealedWords(stream) {
  return el('div', { class: 'card' },
    el('h2', {}, 'How to see it elsewhere'),
    el('p', {}, 'The video leaves this camera sealed: only who has a key that it was granted to can open it, and this page has none. Recorders store it as it is.'),
    el('dl', { class: 'facts' },
      ...fact('Stream', el('code', {}, stream.address), ' ', stateBadge(stream.state)),
      ...fact('Granted to', stream.recipients.length ? stream.recipients.map((/** @type {any} */ one) => plain(one.subject)).join('; ') : 'nobody yet: add a recipient under Stream')),
    el('p', { class: 'muted' }, 'Open it with the viewer of a recipient, or a recording of it with ', el('code', {}, 'camseal open'), '. Anybody can check it with ', el('code', {}, 'camseal verify'), '.'));
}

/** The last key picture, which the camera decodes. @param {HTMLElement} frame @returns {Promise<() => void>} */
async function still(frame) {
  const picture = el('img', { alt: 'What the camera saw last' });
  replace(frame, picture);
  const stop = await repeat(async () => {
    const answer = await fetch(`/api/live/picture?unattended&at=${Date.now()}`);
    if (!answer.ok) throw new ServerError(answer.status, answer.status === 503 ? 'There is no picture just now' : 'The picture cannot be shown', '');
    const before = picture.src;
    picture.src = URL.createObjectURL(await answer.blob());
    if (before) URL.revokeObjectURL(before);
  });
  return () => {
    stop();
    URL.revokeObjectURL(picture.src);
  };
}

/** @param {string} mime "" where no browser could be given this video */
function unsupported(mime) {
  if (!mime) {
    return notice('info', el('strong', {}, 'This video cannot be shown moving'),
      el('p', {}, 'Its format or its times do not fit a browser. You see the camera’s last key picture instead, a new one every few seconds.'));
  }
  const h265 = /hev1|hvc1/.test(mime);
  return notice('info', el('strong', {}, h265 ? 'This browser cannot play H.265' : 'This browser cannot play this video'),
    el('p', {}, `The camera sends ${h265 ? 'H.265' : mime}. You see its last key picture instead, a new one every few seconds. A browser or computer that decodes ${h265 ? 'H.265' : 'it'} shows it moving.`));
}

/** @type {import('./camera.js').View} */
export async function live(place) {
  const view = /** @type {Live} */ (await ask('live'));
  const words = sealedWords((await ask('streams'))[0]);
  if (!view.picture) {
    place.append(view.role ? notice('info', `This camera shows its picture here only to ${view.role === 'operator' ? 'operators and ' : ''}administrators.`)
      : el('p', { class: 'muted' }, 'Showing the picture here is switched off (live-page in camera.yaml).'), words);
    return undefined;
  }
  const video = el('video', { playsinline: true, 'aria-label': 'What the camera sees now' });
  video.muted = true;
  const said = el('p', { role: 'status' });
  const clock = el('span', {});
  const frame = el('div', { class: 'video', dataset: { state: 'connecting' } }, video, el('div', { class: 'overlay' }, clock, said));
  place.append(notice('warn', 'You see the picture as it is before the camera signs and seals it. It proves nothing: evidence is in the sealed stream.'), frame, words);
  /** @type {() => void} */
  let end = () => moving.end();
  const moving = new Moving(video, (state, detail) => {
    frame.dataset.state = state;
    replace(said, WORDS[state] ?? '');
    if (state === 'UNSUPPORTED' || state === 'UNFIT') {
      moving.end();
      frame.before(unsupported(detail));
      let over = false;
      end = () => { over = true; };
      void still(frame).then((stop) => {
        if (over) stop();
        else end = stop;
      });
    }
  }, (utc) => replace(clock, time(utc, 'clock')));
  replace(said, WORDS.connecting);
  void moving.run();
  return () => end();
}
