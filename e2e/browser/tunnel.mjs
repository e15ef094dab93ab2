// RTSP in a WebSocket on the port of a camera's pages, spoken by a page of the camera's own origin in a real browser: logs in, plays, counts
// packets. Beside it what is refused, and what happens to a reader whose account is removed.
//
//   node tunnel.mjs <https address> <path of the stream> <administrator> <password>
//
// Makes the users guard and clerk on the camera. Prints one line for each thing checked, and ends with 0 if all held, with 1 otherwise.

import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { browse, check, complaintsOf } from './browser.mjs';

const [address, stream, administrator, password] = process.argv.slice(2);
if (!address || !stream || !administrator || !password) {
  console.error('usage: node tunnel.mjs <https address> <path of the stream> <administrator> <password>');
  process.exit(2);
}
const PATIENCE_MS = 60_000;
const SOCKET = address.replace('https:', 'wss:').replace(/\/$/, '') + stream;
const VIDEO = address.replace('https:', 'rtsp:').replace(/\/$/, '') + stream;

/** @typedef {{ socket: string, video: string, user: string, secret: string }} Asked */
/** @typedef {{ opened: boolean, statuses: number[], sdp: string, packets: number, closed: boolean }} Reader */

/** Runs in the page: puts a reader of RTSP there, `window.readers[name]`. */
function install() {
  const END = '\r\n\r\n';
  const page = /** @type {any} */ (window);
  page.readers = {};

  /** @param {string} text */
  const sha256 = async (text) => {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  /** @param {string} name @param {Asked} asked */
  page.play = async (name, { socket: uri, video, user, secret }) => {
    /** @type {Reader} */
    const reader = { opened: false, statuses: [], sdp: '', packets: 0, closed: false };
    page.readers[name] = reader;
    const socket = new WebSocket(uri, 'rtsp.onvif.org');
    socket.binaryType = 'arraybuffer';
    let received = new Uint8Array();
    /** @type {(head: string) => void} */
    let answered = () => {};
    socket.onclose = () => {
      reader.closed = true;
      answered('');
    };
    socket.onmessage = (event) => {
      const more = new Uint8Array(event.data);
      const all = new Uint8Array(received.length + more.length);
      all.set(received);
      all.set(more, received.length);
      received = all;
      for (let taken = take(); taken > 0; taken = take()) received = received.subarray(taken);
    };

    /** Takes the first frame or response; says how long it was, 0 where it is not whole. */
    function take() {
      if (received.length < 4) return 0;
      if (received[0] === 0x24) {
        const length = 4 + (received[2] << 8) + received[3];
        if (received.length < length) return 0;
        if (received[1] === 0) reader.packets++;
        return length;
      }
      const text = new TextDecoder('latin1').decode(received);
      const end = text.indexOf(END);
      if (end < 0) return 0;
      const head = text.slice(0, end);
      const body = Number(/\r\nContent-Length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (received.length < end + END.length + body) return 0;
      reader.statuses.push(Number(head.split(' ')[1]));
      if (body) reader.sdp = text.slice(end + END.length, end + END.length + body);
      answered(head);
      return end + END.length + body;
    }

    await new Promise((resolve) => {
      socket.onopen = resolve;
      socket.onerror = resolve;
    });
    if (socket.readyState !== WebSocket.OPEN) return;
    reader.opened = socket.protocol === 'rtsp.onvif.org';

    let cseq = 0;
    let session = '';
    let login = { realm: '', nonce: '', count: 0 };
    /** @param {string} method @param {string} what @param {string[]} fields @returns {Promise<string>} */
    const ask = async (method, what, ...fields) => {
      const head = [`${method} ${what} RTSP/1.0`, `CSeq: ${++cseq}`, ...fields];
      if (session) head.push(`Session: ${session}`);
      if (login.nonce) {
        const count = String(++login.count).padStart(8, '0');
        const cnonce = crypto.randomUUID();
        const secretHash = await sha256(`${user}:${login.realm}:${secret}`);
        const proof = await sha256(`${secretHash}:${login.nonce}:${count}:${cnonce}:auth:${await sha256(`${method}:${what}`)}`);
        head.push(`Authorization: Digest username="${user}", realm="${login.realm}", nonce="${login.nonce}", uri="${what}", `
          + `algorithm=SHA-256, qop=auth, nc=${count}, cnonce="${cnonce}", response="${proof}"`);
      }
      const answer = new Promise((resolve) => (answered = resolve));
      socket.send(new TextEncoder().encode(head.join('\r\n') + END));
      return answer;
    };

    const challenge = await ask('DESCRIBE', video, 'Accept: application/sdp');
    if (!user) return;
    login = {
      realm: /realm="([^"]*)"/.exec(challenge)?.[1] ?? '',
      nonce: /nonce="([^"]*)"/.exec(challenge)?.[1] ?? '',
      count: 0,
    };
    await ask('DESCRIBE', video, 'Accept: application/sdp');
    if (!reader.sdp) return;
    const setup = await ask('SETUP', `${video}/track1`, 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1');
    session = /\r\nSession: *([^;\r]+)/i.exec(setup)?.[1] ?? '';
    await ask('PLAY', video);
  };
}

/** @param {import('playwright-core').Page} page @param {string} name @param {Partial<Asked>} more @returns {Promise<Reader>} */
async function play(page, name, more) {
  const asked = { socket: SOCKET, video: VIDEO, user: '', secret: '', ...more };
  // @ts-ignore what install() put there
  await page.evaluate(([to, what]) => window.play(to, what), /** @type {const} */ ([name, asked]));
  return look(page, name);
}

/** @param {import('playwright-core').Page} page @param {string} name @returns {Promise<Reader>} */
function look(page, name) {
  // @ts-ignore what install() put there
  return page.evaluate((which) => window.readers[which], name);
}

/** Waits until a reader has more packets. @param {import('playwright-core').Page} page @param {string} name @param {number} packets */
async function hasMoreThan(page, name, packets) {
  // @ts-ignore what install() put there
  await page.waitForFunction(([which, before]) => window.readers[which].packets > before, /** @type {const} */ ([name, packets]));
  return (await look(page, name)).packets;
}

/** Asks the pages' interface. @param {import('playwright-core').Page} page @param {string} csrf @returns {Promise<any>} */
function api(page, method, path, body, csrf = '') {
  return page.evaluate(async ([how, where, what, word]) => {
    const answer = await fetch(where, {
      method: how,
      headers: { 'Content-Type': 'application/json', 'X-CamSeal-Csrf': word },
      body: what ? JSON.stringify(what) : undefined,
    });
    const text = await answer.text();
    return text ? JSON.parse(text) : {};
  }, /** @type {const} */ ([method, path, body, csrf]));
}

/** @param {import('playwright-core').Page} page */
async function readers(page) {
  const { csrf } = await api(page, 'POST', '/api/login', { name: administrator, password });
  /** @type {Record<string, string>} */
  const secrets = {};
  for (const name of ['guard', 'clerk']) {
    await api(page, 'POST', '/api/users', { name, role: 'viewer', password: 'violet tram under nine clouds' }, csrf);
    secrets[name] = (await api(page, 'PUT', `/api/users/${name}/secret`, { kind: 'digest' }, csrf)).secret;
    const reader = await play(page, name, { user: name, secret: secrets[name] });
    check(reader.opened && reader.statuses.join() === '401,200,200,200', `${name} logs in and plays in a WebSocket: ${reader.statuses}`);
    check(reader.sdp.includes('m=video') === true, `${name} has the description`);
    const packets = await hasMoreThan(page, name, 100);
    check(packets > 100, `${name} has more than a hundred packets of video`);
  }

  const nobody = await play(page, 'nobody', {});
  check(nobody.opened && nobody.statuses.join() === '401', `without a login: ${nobody.statuses}; being logged in at the pages is none`);
  const wrong = await play(page, 'wrong', { user: 'guard', secret: 'wrong' });
  check(wrong.statuses.join() === '401,401' && wrong.sdp === '' && wrong.packets === 0, `with a wrong secret: ${wrong.statuses}`);

  await api(page, 'DELETE', '/api/users/guard', null, csrf);
  // @ts-ignore what install() put there
  await page.waitForFunction(() => window.readers.guard.closed);
  check(true, 'the reader whose account is removed is disconnected');
  const before = (await look(page, 'clerk')).packets;
  await hasMoreThan(page, 'clerk', before + 50);
  check((await look(page, 'clerk')).closed === false, 'another reader goes on');
  return secrets.clerk;
}

await browse({ folder: tmpdir(), width: 800, ignoreHTTPSErrors: true }, async (browser) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(address);
  await page.evaluate(install);
  const secret = await readers(page);

  // A page of a stranger: of this machine too, for browsers ask before others reach it at all.
  const server = createServer((_, response) => response.end('<!doctype html><title>stranger</title>'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const complaints = complaintsOf(page);
  await page.goto(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`);
  await page.evaluate(install);
  const foreign = await play(page, 'foreign', { user: 'clerk', secret });
  check(!foreign.opened && foreign.statuses.length === 0, 'a page of another origin opens no WebSocket, whatever login it has');
  check(complaints.some((complaint) => complaint.includes('Unexpected response code: 403')), `by the camera's refusal: ${complaints}`);
  server.close();
  await page.goto(address);
  await page.evaluate(install);
  const own = await play(page, 'own', { user: 'clerk', secret });
  check(own.statuses.join() === '401,200,200,200', "the camera's own page opens one with the same login");
});
