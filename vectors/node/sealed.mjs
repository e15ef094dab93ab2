// A second opener of sealed video, format 1, written from docs/spec/sealed-video.md. Node 18 or newer, nothing to install.
// It exists to show that the specification is enough; it opens what it is given, without a thought for speed.
import crypto from 'node:crypto'

const ascii = (text) => Buffer.from(text, 'latin1')
const sha256 = (...parts) => crypto.createHash('sha256').update(Buffer.concat(parts)).digest()
const hmac = (key, data) => crypto.createHmac('sha256', key).update(data).digest()
const u8 = (n) => Buffer.from([n])
const u16 = (n) => { const b = Buffer.alloc(2); b.writeUInt16BE(n); return b }
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b }
const text = (s) => { const b = Buffer.from(s, 'utf8'); return Buffer.concat([u8(b.length), b]) }

/** 9.1: the name of an epoch. place: { camera, stream, run, epoch } */
const name = (place) => Buffer.concat([text(place.camera), text(place.stream), place.run, u32(place.epoch)])

// ---- 9 key schedule -------------------------------------------------------------------------------------------------

const extract = (salt, ikm) => hmac(salt.length ? salt : Buffer.alloc(32), ikm)
function expand(prk, info, length) {
  let out = Buffer.alloc(0)
  let block = Buffer.alloc(0)
  for (let i = 1; out.length < length; i++) {
    block = hmac(prk, Buffer.concat([block, info, u8(i)]))
    out = Buffer.concat([out, block])
  }
  return out.subarray(0, length)
}

export const commitment = (place, epochKey) => sha256(ascii('camseal 1 commit'), name(place), epochKey)
export const shareKey = (place, epochKey, track) =>
  expand(extract(ascii('camseal 1 share'), epochKey), Buffer.concat([name(place), u8(track)]), 32)

// ---- 10 packages ----------------------------------------------------------------------------------------------------

const TRAILER = 53
const AEAD = { 1: 'aes-256-gcm', 2: 'chacha20-poly1305' }

function fold(bytes) {
  const out = Buffer.alloc(32)
  for (let i = 0; i < bytes.length; i++) out[i % 32] ^= bytes[i]
  return out
}

const xor = (a, b) => Buffer.from(a.map((x, i) => x ^ b[i]))

function pad(key, track, n) {
  const aes = crypto.createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  const block = (i) => Buffer.concat([ascii('cs1'), u8(0), u8(track), u8(i), Buffer.alloc(6), u32(n)])
  return aes.update(Buffer.concat([block(0), block(1)]))
}

/** The payload, or null. place: { camera, stream, run, epoch, track }; kind: 1 slice, 2 other NAL unit, 3 audio frame */
export function openPackage(place, epochKey, kind, clear, sealed) {
  const end = sealed.length - TRAILER
  if (end < 0) return null
  const n = sealed.readUInt32BE(end)
  const S = sealed.subarray(end + 4, end + 36)
  const T = sealed.subarray(end + 36, end + 52)
  const suite = sealed[end + 52]
  if (!AEAD[suite]) return null
  const C = sealed.subarray(0, end)
  const X = xor(S, pad(shareKey(place, epochKey, place.track), place.track, n))
  const K = xor(X, fold(Buffer.concat([C, T])))
  const bulkKey = sha256(ascii('camseal 1 bulk'), u8(suite), K)
  const A = Buffer.concat([
    ascii('camseal 1 package'), u8(suite), name(place), u8(place.track), u8(kind), u32(n), clear])
  const aead = crypto.createDecipheriv(AEAD[suite], bulkKey, Buffer.alloc(12), { authTagLength: 16 })
  try {
    aead.setAAD(A, { plaintextLength: C.length })
    aead.setAuthTag(T)
    return Buffer.concat([aead.update(C), aead.final()])
  } catch {
    return null
  }
}

// ---- CBOR (RFC 8949), as far as format 1 uses it ----------------------------------------------------------------------

/** Integers are numbers or BigInts, byte strings Buffers, maps Maps, tags { tag, value }. */
export function decodeCbor(bytes) {
  let at = 0
  const take = (length) => {
    if (length > bytes.length - at) throw new Error('CBOR ends early')
    at += length
    return bytes.subarray(at - length, at)
  }
  function item(depth) {
    if (depth > 8) throw new Error('CBOR too deep')
    const head = take(1)[0]
    const low = head & 31
    if (low > 27) throw new Error('CBOR head')
    let value = low < 24 ? BigInt(low) : BigInt('0x' + take(1 << (low - 24)).toString('hex'))
    const least = [24n, 0x100n, 0x10000n, 0x100000000n][low - 24]
    if (low >= 24 && value < least) throw new Error('CBOR head is not the shortest')
    if (value <= Number.MAX_SAFE_INTEGER) value = Number(value)
    switch (head >> 5) {
      case 0: return value
      case 1: return -1 - Number(value)
      case 2: return take(value)
      case 3: return take(value).toString('utf8')
      case 4: {
        if (value > bytes.length) throw new Error('CBOR array')
        return Array.from({ length: value }, () => item(depth + 1))
      }
      case 5: {
        if (value > bytes.length) throw new Error('CBOR map')
        return new Map(Array.from({ length: value }, () => [item(depth + 1), item(depth + 1)]))
      }
      case 6: return { tag: value, value: item(depth + 1) }
      default: throw new Error('CBOR type 7')
    }
  }
  const value = item(1)
  if (at !== bytes.length) throw new Error('bytes behind the CBOR item')
  return value
}

const cborHead = (major, n) =>
  n < 24 ? u8((major << 5) | n) : n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.concat([u8((major << 5) | 25), u16(n)])
const cborBytes = (b) => b.length < 65536
  ? Buffer.concat([cborHead(2, b.length), b]) : Buffer.concat([u8(0x5a), u32(b.length), b])

// ---- 12 grants --------------------------------------------------------------------------------------------------------

const recipientId = (publicKey) => sha256(publicKey.export({ type: 'spki', format: 'der' })).subarray(0, 16)
const P256_SPKI = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

/** HPKE (RFC 9180) base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
function openHpke(privateKey, enc, info, ciphertext) {
  const own = crypto.createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-65)
  const peer = crypto.createPublicKey({ key: Buffer.concat([P256_SPKI, enc]), format: 'der', type: 'spki' })
  const dh = crypto.diffieHellman({ privateKey, publicKey: peer })
  const labeledExtract = (suite, salt, label, ikm) =>
    extract(salt, Buffer.concat([ascii('HPKE-v1'), suite, ascii(label), ikm]))
  const labeledExpand = (suite, prk, label, context, length) =>
    expand(prk, Buffer.concat([u16(length), ascii('HPKE-v1'), suite, ascii(label), context]), length)
  const none = Buffer.alloc(0)
  const kem = Buffer.concat([ascii('KEM'), u16(0x10)])
  const hpke = Buffer.concat([ascii('HPKE'), u16(0x10), u16(1), u16(2)])
  const shared = labeledExpand(
    kem, labeledExtract(kem, none, 'eae_prk', dh), 'shared_secret', Buffer.concat([enc, own]), 32)
  const context = Buffer.concat([
    u8(0), labeledExtract(hpke, none, 'psk_id_hash', none), labeledExtract(hpke, none, 'info_hash', info)])
  const secret = labeledExtract(hpke, shared, 'secret', none)
  const aead = crypto.createDecipheriv(
    'aes-256-gcm', labeledExpand(hpke, secret, 'key', context, 32), labeledExpand(hpke, secret, 'base_nonce', context, 12))
  aead.setAuthTag(ciphertext.subarray(-16))
  return Buffer.concat([aead.update(ciphertext.subarray(0, -16)), aead.final()])
}

/** { run, epoch, epochKey }, or null. */
export function openGrants(stream, privateKey, cbor) {
  try {
    const [version, run, epoch, grants] = decodeCbor(cbor)
    if (version !== 1 || run.length !== 8 || !(epoch >= 1)) return null
    const id = recipientId(crypto.createPublicKey(privateKey))
    for (const [algorithm, recipient, enc, ciphertext] of grants) {
      if (algorithm !== 1 && algorithm !== 2) return null
      if (!recipient.equals(id)) continue
      const info = Buffer.concat([ascii('camseal 1 grant'), name({ ...stream, run, epoch }), id])
      const epochKey = algorithm === 1
        ? openHpke(privateKey, enc, info, ciphertext)
        : crypto.privateDecrypt({
            key: privateKey, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: info
          }, ciphertext)
      return epochKey.length === 32 ? { run, epoch, epochKey } : null
    }
    return null
  } catch {
    return null
  }
}

// ---- 4 and 5: who says which epoch is in force ---------------------------------------------------------------------------

function coseSigned(cose, externalAad) {
  const { tag, value: [protectedHeader, unprotectedHeader, payload, signature] } = decodeCbor(cose)
  if (tag !== 18) throw new Error('not COSE_Sign1')
  const message = Buffer.concat([
    u8(0x84), cborHead(3, 10), ascii('Signature1'), cborBytes(protectedHeader), cborBytes(ascii(externalAad)), cborBytes(payload)])
  return { header: decodeCbor(protectedHeader), unprotectedHeader, payload: decodeCbor(payload), message, signature }
}

const verifies = (key, { message, signature }) =>
  crypto.verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)

/** The session key of a certificate: { camera, run, id, key }. Whether its leaf is to be trusted is another question. */
function readSessionCertificate(cose) {
  const signed = coseSigned(cose, 'camseal 1 session certificate')
  const chain = signed.unprotectedHeader.get(33)
  const leaf = new crypto.X509Certificate(Array.isArray(chain) ? chain[0] : chain)
  if (signed.header.get(1) !== -7 || !verifies(leaf.publicKey, signed)) throw new Error('session certificate')
  const point = signed.payload.get(4)
  return {
    camera: signed.payload.get(2),
    run: signed.payload.get(3),
    id: sha256(point).subarray(0, 8),
    key: crypto.createPublicKey({ key: Buffer.concat([P256_SPKI, point]), format: 'der', type: 'spki' })
  }
}

function readManifest(cose, sessions) {
  const signed = coseSigned(cose, 'camseal 1 manifest')
  const session = sessions.find((one) => one.id.equals(signed.header.get(4)))
  if (!session || !verifies(session.key, signed)) throw new Error('manifest')
  const [epoch, committed] = signed.payload.get(10)
  const place = { camera: signed.payload.get(2), stream: signed.payload.get(3), run: signed.payload.get(4), epoch }
  if (place.camera !== session.camera || !place.run.equals(session.run)) throw new Error('manifest of another camera')
  const listed = (signed.payload.get(11) ?? []).filter(([track]) => track === 2)
  return { place, commitment: committed, listedFrames: listed.flatMap(([, , count, digests]) =>
    Array.from({ length: count }, (_, i) => digests.subarray(16 * i, 16 * i + 16))) }
}

// ---- 3 carriage -----------------------------------------------------------------------------------------------------

const UUID = Buffer.from('b1f4c4a27c1e5d0a9f632c5ea1ca3001', 'hex')

export function splitByteStream(bytes) {
  const nalUnits = []
  let start = -1
  for (let i = 0; i + 3 <= bytes.length; i++) {
    if (bytes[i] !== 0 || bytes[i + 1] !== 0 || bytes[i + 2] !== 1) continue
    if (start >= 0) nalUnits.push(trimZeros(bytes.subarray(start, i)))
    start = i + 3
    i += 2
  }
  if (start >= 0) nalUnits.push(trimZeros(bytes.subarray(start)))
  return nalUnits
}

function trimZeros(nal) {
  let end = nal.length
  while (end > 0 && nal[end - 1] === 0) end--
  return nal.subarray(0, end)
}

/** RBSP bytes of a raw unit from an offset on. */
function unescape(raw, from) {
  const out = []
  for (let i = from; i < raw.length; i++) {
    if (raw[i] === 3 && i >= 2 && raw[i - 1] === 0 && raw[i - 2] === 0) continue
    out.push(raw[i])
  }
  return Buffer.from(out)
}

const nalType = (codec, nal) => (codec === 'H265' ? (nal[0] >> 1) & 63 : nal[0] & 31)
const headerLength = (codec) => (codec === 'H265' ? 2 : 1)
const isSlice = (codec, nal) => {
  const type = nalType(codec, nal)
  return codec === 'H265' ? type < 32 : type === 1 || type === 5
}

/** { kind, body } of an own SEI, or null. */
function ownSei(codec, nal) {
  const type = nalType(codec, nal)
  if (codec === 'H265' ? type !== 39 && type !== 40 : type !== 6) return null
  const rbsp = unescape(nal, 0)
  let at = headerLength(codec)
  if (rbsp[at++] !== 5) return null
  let size = 0
  while (rbsp[at] === 255) { size += 255; at++ }
  size += rbsp[at++]
  if (size < 17 || at + size + 1 !== rbsp.length || !rbsp.subarray(at, at + 16).equals(UUID)) return null
  return { kind: rbsp[at + 16], body: rbsp.subarray(at + 17, at + size) }
}

/**
 * A slice, open, and the length of its clear part. This opener does not read slice headers: the associated data binds the clear
 * bytes, so of all places to cut only the right one opens.
 */
function openSlice(place, epochKey, codec, nal) {
  for (let cut = headerLength(codec) + 1; cut < nal.length; cut++) {
    const clear = nal.subarray(0, cut)
    const payload = openPackage(place, epochKey, 1, clear, unescape(nal, cut))
    if (payload) return { nal: Buffer.concat([clear, payload]), clearLength: cut }
  }
  return null
}

/** 3.4: how many bytes in front of a sealed frame are clear, and how many of those are the source's own. */
function audioPrefix(codec, sealed) {
  if (codec === 'AAC') return sealed[0] === 0xe0 ? { clear: 1, kept: 0 } : null
  if (codec !== 'OPUS') return { clear: 0, kept: 0 }
  const length = (sealed[0] & 3) === 3 ? 2 : 1
  return { clear: length, kept: length }
}

/** An audio frame, open, or null. */
function openFrame(place, epochKey, codec, sealed) {
  const prefix = audioPrefix(codec, sealed)
  if (!prefix) return null
  const clear = sealed.subarray(0, prefix.clear)
  const payload = openPackage({ ...place, track: 2 }, epochKey, 3, clear, sealed.subarray(prefix.clear))
  return payload && Buffer.concat([clear.subarray(0, prefix.kept), payload])
}

/**
 * All NAL units of the source and the clear lengths of its slices, or null if any does not open.
 *
 * sound: null, or { codec, frames: [{ picture, bytes }] }: frames of sound, each behind the picture of that number, the first being 1. Then also
 * the source's frames, and how many of them the manifests list.
 */
export function openStream(codec, privateKey, byteStream, sound = null) {
  const sessions = []
  const grants = []
  const keys = new Map()
  const out = []
  const clearLengths = []
  let inForce = null
  let pictures = 0
  const frames = []
  const listed = []
  /** Opens the frames up to a picture; they are of the epoch in force there. */
  const openFrames = (upTo) => {
    while (sound && frames.length < sound.frames.length && sound.frames[frames.length].picture <= upTo) {
      const epochKey = inForce && keyOf(inForce, privateKey, grants, keys)
      const frame = epochKey && openFrame(inForce.place, epochKey, sound.codec, sound.frames[frames.length].bytes)
      if (!frame) return false
      frames.push(frame)
    }
    return true
  }
  for (const nal of splitByteStream(byteStream)) {
    if (nalType(codec, nal) === (codec === 'H265' ? 35 : 9) && !openFrames(pictures++)) return null
    const sei = ownSei(codec, nal)
    try {
      if (sei?.kind === 3) { sessions.push(readSessionCertificate(sei.body)); continue }
      if (sei?.kind === 1) {
        inForce = readManifest(sei.body, sessions)
        listed.push(...inForce.listedFrames)
        continue
      }
      if (sei?.kind === 2) { grants.push(sei.body); continue }
    } catch {
      continue // what does not verify says nothing
    }
    if (!sei && !isSlice(codec, nal)) { out.push(nal); continue }
    const epochKey = inForce && keyOf(inForce, privateKey, grants, keys)
    if (!epochKey) return null
    const place = { ...inForce.place, track: 1 }
    if (sei) {
      const whole = openPackage(place, epochKey, 2, nal.subarray(0, headerLength(codec)), sei.body)
      if (!whole) return null
      out.push(whole)
    } else {
      const slice = openSlice(place, epochKey, codec, nal)
      if (!slice) return null
      out.push(slice.nal)
      clearLengths.push(slice.clearLength)
    }
  }
  if (!openFrames(pictures)) return null
  const isListed = (digest, i) => sound && i < sound.frames.length && digest.equals(sha256(sound.frames[i].bytes).subarray(0, 16))
  if (!listed.every(isListed)) return null
  return { nalUnits: out, clearLengths, frames, listed: listed.length }
}

/** A key counts only if the camera committed to it. */
function keyOf(manifest, privateKey, grants, keys) {
  const id = manifest.place.run.toString('hex') + '/' + manifest.place.epoch
  if (!keys.has(id)) {
    const opened = grants
      .map((cbor) => openGrants(manifest.place, privateKey, cbor))
      .find((grant) => grant && grant.epoch === manifest.place.epoch && grant.run.equals(manifest.place.run))
    if (!opened || !commitment(manifest.place, opened.epochKey).equals(manifest.commitment)) return null
    keys.set(id, opened.epochKey)
  }
  return keys.get(id)
}
