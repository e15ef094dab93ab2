// Opens every vector of sealed video with the second opener: node vectors/node/check.mjs [vectors/seal]
// Exit code 0 if all good ones open to what they should and all bad ones are refused, else 1.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { commitment, openGrants, openPackage, openStream, shareKey, splitByteStream } from './sealed.mjs'

const directory = process.argv[2] ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'seal')

/** Headers by name, and the body's bytes. */
function read(file) {
  const whole = fs.readFileSync(file, 'utf8')
  const blank = whole.indexOf('\n\n')
  const headers = {}
  for (const line of whole.slice(0, blank).split('\n')) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon)] = line.slice(colon + 1).trim()
  }
  return { ...headers, body: Buffer.from(whole.slice(blank).replace(/\s/g, ''), 'hex') }
}

const hex = (digits) => Buffer.from(digits, 'hex')
const privateKeyOf = (vector) =>
  crypto.createPrivateKey({ key: hex(vector['recipient key']), format: 'der', type: 'pkcs8' })

/** True if it opens to what it says; false if it is refused; an exception if it opens to something else. */
const openers = {
  package(vector) {
    const place = {
      camera: vector.camera, stream: vector.stream, run: hex(vector.run), epoch: Number(vector.epoch), track: Number(vector.track)
    }
    const epochKey = hex(vector['epoch key'])
    const payload = openPackage(place, epochKey, Number(vector.kind), hex(vector.clear), vector.body)
    if (!payload) return false
    same('payload', payload, hex(vector.payload))
    same('commitment', commitment(place, epochKey), hex(vector.commitment))
    same('share key', shareKey(place, epochKey, place.track), hex(vector['share key']))
    return true
  },
  grants(vector) {
    const opened = openGrants({ camera: vector.camera, stream: vector.stream }, privateKeyOf(vector), vector.body)
    if (!opened) return false
    same('epoch key', opened.epochKey, hex(vector['epoch key']))
    return true
  },
  stream(vector) {
    const opened = openStream(vector.codec, privateKeyOf(vector), vector.body)
    if (!opened) return false
    const clip = splitByteStream(read(path.join(directory, vector.clip)).body)
    same('NAL units', Buffer.concat(opened.nalUnits), Buffer.concat(clip))
    same('clear lengths', Buffer.from(opened.clearLengths.join(' ')), Buffer.from(vector['clear lengths']))
    return true
  },
  audio(vector) {
    const frames = vector.audio.split(' ').map((frame) => {
      const [picture, digits] = frame.split(':')
      return { picture: Number(picture), bytes: hex(digits) }
    })
    const sound = { codec: vector['audio codec'], frames }
    const opened = openStream(vector.codec, privateKeyOf(vector), vector.body, sound)
    if (!opened) return false
    const clip = splitByteStream(read(path.join(directory, vector.clip)).body)
    same('NAL units', Buffer.concat(opened.nalUnits), Buffer.concat(clip))
    same('frames', Buffer.from(opened.frames.map((frame) => frame.toString('hex')).join(' ')), Buffer.from(vector['audio clear']))
    same('frames listed', Buffer.from(String(opened.listed)), Buffer.from(vector['audio listed']))
    return true
  }
}

function same(what, seen, expected) {
  if (!seen.equals(expected)) throw new Error(`${what}: ${seen.toString('hex')}, expected ${expected.toString('hex')}`)
}

let asExpected = 0
let wrong = 0
for (const file of fs.readdirSync(directory).sort()) {
  const open = openers[file.split('-')[0]]
  if (!open || !file.endsWith('.txt')) continue
  const vector = read(path.join(directory, file))
  let outcome
  try {
    outcome = open(vector) ? 'opens' : 'refused'
  } catch (error) {
    outcome = String(error)
  }
  if (outcome === vector.expect) {
    asExpected++
  } else {
    wrong++
    console.error(`${file}: ${outcome}; expected: ${vector.expect}`)
  }
}
console.log(`${asExpected} vectors as expected, ${wrong} not`)
process.exitCode = wrong || !asExpected ? 1 : 0
