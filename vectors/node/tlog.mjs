// A second checker of transparency logs, written from docs/spec/transparency-log.md in plain JavaScript for Node 18 or newer. It checks the
// Ed25519 signature of the checkpoint; Node has no ML-DSA, so that a line of that key is there is all it asks.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), crypto.createHash('sha256')).digest()
const leafHash = (entry) => sha256(Buffer.from([0]), entry)
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right)

/** MTH of RFC 6962 section 2.1, over hashes of leaves, straight from the definition. */
function root(hashes) {
  if (hashes.length === 0) return sha256()
  if (hashes.length === 1) return hashes[0]
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return nodeHash(root(hashes.slice(0, k)), root(hashes.slice(k)))
}

const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

function parseKey(line) {
  const [, name, id, base64] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(line)
  const typed = Buffer.from(base64, 'base64')
  const expected = sha256(Buffer.from(name + '\n'), typed).subarray(0, 4).toString('hex')
  if (id !== expected) throw new Error(`key id ${id} instead of ${expected}`)
  return { name, id, typed }
}

/** The checkpoint, if every key has a line on it and the Ed25519 one verifies. */
function checkpoint(note, keys) {
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n').filter(Boolean)
  for (const key of keys) {
    const own = lines.map((line) => /^\u2014 (\S+) (\S+)$/.exec(line)).find(
      (match) => match && match[1] === key.name && Buffer.from(match[2], 'base64').subarray(0, 4).toString('hex') === key.id)
    if (!own) throw new Error(`no signature of key ${key.id}`)
    if (key.typed[0] !== 1) continue
    const publicKey = crypto.createPublicKey({
      key: Buffer.concat([ED25519_SPKI, key.typed.subarray(1)]), format: 'der', type: 'spki' })
    if (!crypto.verify(null, Buffer.from(text), publicKey, Buffer.from(own[2], 'base64').subarray(4))) {
      throw new Error('the Ed25519 signature does not verify')
    }
  }
  const [origin, size, hash] = text.split('\n')
  if (origin !== keys[0].name) throw new Error(`a checkpoint of ${origin}`)
  return { size: Number(size), hash: Buffer.from(hash, 'base64') }
}

function tilePath(level, index, width) {
  let name = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    name = `x${String(rest % 1000).padStart(3, '0')}/${name}`
  }
  return `tile/${level}/${name}${width === 256 ? '' : `.p/${width}`}`
}

function entriesOf(bundle, width) {
  const entries = []
  let at = 0
  for (let i = 0; i < width; i++) {
    const length = bundle.readUInt16BE(at)
    if (at + 2 + length > bundle.length) throw new Error('a bundle that ends within an entry')
    entries.push(bundle.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  if (at !== bundle.length) throw new Error('bytes behind the entries')
  return entries
}

/** An entry's fields (chapter 2). */
function parseEntry(bytes) {
  let at = 0
  const take = (length) => {
    if (at + length > bytes.length) throw new Error('an entry that ends too early')
    at += length
    return bytes.subarray(at - length, at)
  }
  const text = () => take(take(1)[0]).toString('latin1')
  const [version, kind] = take(2)
  if (version !== 1) throw new Error(`entry version ${version}`)
  const entry = { kind, profile: text(), serial: text() }
  if (kind === 1) {
    entry.certificate = take(take(2).readUInt16BE())
    entry.number = BigInt('0x' + new crypto.X509Certificate(entry.certificate).serialNumber)
  } else if (kind === 2) {
    entry.number = BigInt('0x' + take(take(1)[0]).toString('hex'))
    take(9)
    if (take(1)[0] === 1) take(8)
  } else {
    throw new Error(`entry kind ${kind}`)
  }
  if (at !== bytes.length) throw new Error('bytes behind an entry')
  return entry
}

/** Checks the log in a directory; throws where something does not hold. */
export function checkLog(directory, keyText) {
  const keys = keyText.split('\n').filter(Boolean).map(parseKey)
  const read = (name) => fs.readFileSync(path.join(directory, name))
  const head = checkpoint(read('checkpoint').toString('utf8'), keys)
  let level = []
  const live = new Map()
  for (let index = 0; index * 256 < head.size; index++) {
    const width = Math.min(256, head.size - index * 256)
    for (const bytes of entriesOf(read(tilePath('entries', index, width)), width)) {
      const entry = parseEntry(bytes)
      const place = `${entry.profile} ${entry.serial}`
      if (entry.kind === 1 && live.has(place)) throw new Error(`a second live certificate: ${place}`)
      if (entry.kind === 2 && live.get(place) !== entry.number) throw new Error(`retired what is not live: ${place}`)
      if (entry.kind === 1) live.set(place, entry.number)
      else live.delete(place)
      level.push(leafHash(bytes))
    }
  }
  if (!root(level).equals(head.hash)) throw new Error('the entries do not have the root that was signed')
  for (let height = 0; level.length > 0; height++) {
    const next = []
    for (let index = 0; index * 256 < level.length; index++) {
      const hashes = level.slice(index * 256, index * 256 + 256)
      const tile = read(tilePath(height, index, hashes.length))
      if (!tile.equals(Buffer.concat(hashes))) throw new Error(`tile ${height}/${index} is another`)
      if (hashes.length === 256) next.push(root(hashes))
    }
    level = next
  }
  return { size: head.size, live: live.size }
}
