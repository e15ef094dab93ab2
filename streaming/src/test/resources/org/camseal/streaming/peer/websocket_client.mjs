// A foreign client for the server's tests: Node's own WebSocket speaks RTSP in binary frames to play one video track.
//
// Usage: websocket_client.mjs WS_URI TARGET     TARGET takes the RTP packets of the track, each with its length of 16 bits in front
// Ends with 0 after the server has said that the stream is over, else with 1 and the reason.
import { createWriteStream } from 'node:fs';

const [uri, target] = process.argv.slice(2);
const RTSP_URI = uri.replace(/^ws/, 'rtsp');
const END_OF_HEAD = '\r\n\r\n';
const BYE = 203;

const socket = new WebSocket(uri, 'rtsp.onvif.org');
socket.binaryType = 'arraybuffer';
const packets = createWriteStream(target);
let received = Buffer.alloc(0);
let waiting = null;
let cseq = 0;
let session = '';

function fail(reason) {
  console.error(reason);
  process.exit(1);
}

const patience = setTimeout(() => fail('nothing within a minute'), 60_000);

function ask(method, path, ...fields) {
  const head = [`${method} ${RTSP_URI}${path} RTSP/1.0`, `CSeq: ${++cseq}`, ...fields];
  if (session) {
    head.push(`Session: ${session}`);
  }
  const bytes = Buffer.from(head.join('\r\n') + END_OF_HEAD);
  // In two messages: their borders have no meaning.
  socket.send(bytes.subarray(0, 7));
  socket.send(bytes.subarray(7));
  return new Promise((resolve) => {
    waiting = resolve;
  });
}

function isGoodbye(compound) {
  for (let at = 0; at + 4 <= compound.length; at += 4 + 4 * compound.readUInt16BE(at + 2)) {
    if (compound[at + 1] === BYE) {
      return true;
    }
  }
  return false;
}

async function end() {
  await ask('TEARDOWN', '');
  clearTimeout(patience);
  socket.close(1000);
}

function frame(channel, bytes) {
  if (channel === 0) {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    packets.write(Buffer.concat([length, bytes]));
  } else if (isGoodbye(bytes)) {
    end();
  }
}

function response(head) {
  const length = /\r\nContent-Length: *(\d+)/i.exec(head);
  const whole = head.length + END_OF_HEAD.length + Number(length?.[1] ?? 0);
  if (received.length < whole) {
    return 0;
  }
  if (!head.startsWith('RTSP/1.0 200')) {
    fail(head);
  }
  session = /\r\nSession: *([^;\r]+)/i.exec(head)?.[1] ?? session;
  waiting(head);
  return whole;
}

/** The bytes of the first message or frame; 0 where it is not whole. */
function take() {
  if (received[0] === 0x24) {
    const whole = received.length < 4 ? Infinity : 4 + received.readUInt16BE(2);
    if (received.length < whole) {
      return 0;
    }
    frame(received[1], received.subarray(4, whole));
    return whole;
  }
  const end = received.indexOf(END_OF_HEAD);
  return end < 0 ? 0 : response(received.toString('latin1', 0, end));
}

socket.onmessage = (event) => {
  received = Buffer.concat([received, Buffer.from(event.data)]);
  while (received.length > 0) {
    const taken = take();
    if (taken === 0) {
      return;
    }
    received = received.subarray(taken);
  }
};

socket.onerror = (event) => fail(`WebSocket: ${event.message ?? event.error ?? event.type}`);
socket.onclose = (event) => packets.end(() => process.exit(event.wasClean && event.code === 1000 ? 0 : 1));
socket.onopen = async () => {
  if (socket.protocol !== 'rtsp.onvif.org') {
    fail(`subprotocol ${socket.protocol}`);
  }
  await ask('OPTIONS', '');
  await ask('DESCRIBE', '', 'Accept: application/sdp');
  await ask('SETUP', '/track1', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1');
  await ask('PLAY', '');
};
