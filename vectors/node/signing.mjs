// A second checker of signed video, written from docs/spec/media-signing.md. Node 18 or newer, nothing to install.
// It exists to show that the specification is enough. It is strict: what is not whole, in order and signed is refused, loss included.
import crypto from 'node:crypto'

const UUID = Buffer.from('005bc93f2d715e95ada4796f90877a6f', 'hex')
const HASHES = {
  '0609608648016503040201': 'sha256', '0609608648016503040202': 'sha384', '0609608648016503040203': 'sha512'
}

const refuse = (reason) => { throw new Error(reason) }
const require = (fact, reason) => fact || refuse(reason)

// ---- NAL units --------------------------------------------------------------------------------------------------------

export function splitByteStream(bytes) {
  const nalUnits = []
  let start = -1
  const push = (end) => {
    while (end > start && bytes[end - 1] === 0) end--
    nalUnits.push(bytes.subarray(start, end))
  }
  for (let i = 0; i + 3 <= bytes.length; i++) {
    if (bytes[i] !== 0 || bytes[i + 1] !== 0 || bytes[i + 2] !== 1) continue
    if (start >= 0) push(i)
    start = i + 3
    i += 2
  }
  if (start >= 0) push(bytes.length)
  return nalUnits
}

const headerLength = (codec) => (codec === 'H265' ? 2 : 1)
const typeOf = (codec, nal) => (codec === 'H265' ? (nal[0] >> 1) & 63 : nal[0] & 31)

/** Chapter 5: 'key', 'slice', 'uncovered', 'sei', 'set', or 'other'. */
function classOf(codec, nal) {
  const type = typeOf(codec, nal)
  if (codec === 'H265') {
    if (type <= 1) return 'slice'
    if (type >= 16 && type <= 21) return 'key'
    if (type <= 31) return 'uncovered'
    return type <= 34 ? 'set' : type === 39 || type === 40 ? 'sei' : 'other'
  }
  if (type === 5) return 'key'
  if (type === 1) return 'slice'
  if ([2, 3, 4, 14, 20, 21].includes(type)) return 'uncovered'
  return [7, 8, 13, 15].includes(type) ? 'set' : type === 6 ? 'sei' : 'other'
}

/** RBSP bytes, and the raw index of each. */
function unescape(raw) {
  const rbsp = []
  const rawIndex = []
  let zeros = 0
  for (let i = 0; i < raw.length; i++) {
    if (zeros >= 2 && raw[i] === 3) { zeros = 0; continue }
    rbsp.push(raw[i])
    rawIndex.push(i)
    zeros = raw[i] === 0 ? zeros + 1 : 0
  }
  return { rbsp: Buffer.from(rbsp), rawIndex }
}

// ---- chapters 2 to 4: the SEI -------------------------------------------------------------------------------------------

/** { certificateSei, tags, hashed, document }, or null for every other NAL unit. */
function readSei(codec, raw) {
  let at = headerLength(codec)
  if (raw[at++] !== 5) return null
  let payloadSize = 0
  while (raw[at] === 0xff) { payloadSize += 0xff; at++ }
  payloadSize += raw[at++]
  if (!raw.subarray(at, at + 16).equals(UUID)) return null
  require(!(codec === 'H265' && typeOf(codec, raw) === 40), 'signing SEI in a suffix SEI')
  const stop = raw.at(-1) === 0x80 ? 1 : 0
  const prevention = raw.length - at - payloadSize - stop
  require(prevention >= 0 && payloadSize >= 17, 'payloadSize')
  const { rbsp, rawIndex } = prevention ? unescape(raw) : { rbsp: raw, rawIndex: null }
  require(rbsp.length - at - payloadSize === stop, 'not alone in its NAL unit')
  const reserved = rbsp[at + 16]
  require(!(reserved & 1), 'reserved bit')
  const certificateSei = Boolean(reserved & 0x80)
  const escaped = Boolean(reserved & 0x40)
  const { tags, signatureAt } = readTags(rbsp, at + 17, at + payloadSize)
  requireTags(tags, certificateSei)
  const hashed = escaped ? raw : rbsp
  let end = hashed.length
  if (signatureAt >= 0) end = escaped && rawIndex ? rawIndex[signatureAt - 1] + 1 : signatureAt
  return { certificateSei, tags, hashed, document: hashed.subarray(0, end) }
}

function readTags(rbsp, from, end) {
  const tags = {}
  let signatureAt = -1
  for (let at = from; at < end;) {
    require(signatureAt < 0, 'a tag behind the signature')
    require(end - at >= 3, 'tag')
    const tag = rbsp[at]
    const length = rbsp.readUInt16BE(at + 1)
    require(length <= end - at - 3 && length > 0, 'length of a tag')
    const value = rbsp.subarray(at + 3, at + 3 + length)
    require(!tags[tag], 'a tag twice')
    require(value[0] === 1 || (tag === 1 && value[0] === 2), 'version of a tag')
    if (tag === 3) signatureAt = at
    const read = TAGS[tag] ?? refuse('unknown tag')
    tags[tag] = read(value.subarray(1), value[0])
    at += 3 + length
  }
  return { tags, signatureAt }
}

function requireTags(tags, certificateSei) {
  if (certificateSei) {
    require(!tags[1] && !tags[2] && tags[3] && tags[4] && tags[6], 'tags of a certificate SEI')
  } else {
    require(tags[1], 'SEI without tag 1')
  }
}

const TAGS = {
  1(value, version) {
    const fixed = version === 2 ? 26 : 18
    const h = (value.length - fixed) / 2
    require([32, 48, 64].includes(h), 'length of tag 1')
    let at = 4
    const u64 = () => { at += 8; return value.readBigUInt64BE(at - 8) }
    const start = u64()
    const end = version === 2 ? u64() : null
    return {
      partial: value[3] !== 0, start, end, h,
      counter: value.readUInt32BE(at), count: value.readUInt16BE(at + 4),
      groupHash: value.subarray(at + 6, at + 6 + h), linkedHash: value.subarray(at + 6 + h)
    }
  },
  2: (value) => value,
  3(value) {
    const size = value.readUInt16BE(0)
    require(size > 0 && size <= value.length - 2, 'size of the signature')
    return value.subarray(2, 2 + size)
  },
  4(value) {
    const oid = value.subarray(1, 1 + value[0])
    require(value.length === 1 + value[0] + 1 + value[1 + value[0]] + 2, 'length of tag 4')
    return HASHES[oid.toString('hex')] ?? refuse('unknown hash algorithm')
  },
  5(value) {
    const texts = []
    let at = 0
    for (let i = 0; i < 3; i++) {
      require(at < value.length && at + 1 + value[at] <= value.length, 'length of tag 5')
      texts.push(value.subarray(at + 1, at + 1 + value[at]).toString('utf8'))
      at += 1 + value[at]
    }
    require(at === value.length, 'length of tag 5')
    return { firmware: texts[0], serial: texts[1], manufacturer: texts[2] }
  },
  6(value) {
    const pem = value.subarray(1).toString('latin1')
    const chain = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []
    require(chain.length >= 1 && chain.length <= 4, 'number of certificates')
    return chain.map((one) => new crypto.X509Certificate(one))
  }
}

function verifies(publicKey, hash, h, document, signature) {
  if (publicKey.asymmetricKeyType === 'ec') return crypto.verify(hash, document, publicKey, signature)
  const padding = crypto.constants.RSA_PKCS1_PSS_PADDING
  const longest = Math.ceil((publicKey.asymmetricKeyDetails.modulusLength - 1) / 8) - h - 2
  return [longest, h].some((saltLength) => crypto.verify(hash, document, { key: publicKey, padding, saltLength }, signature))
}

/** The chain holds link by link and ends in the root; times are not looked at. */
function requireTrusted(chain, root) {
  chain.forEach((certificate, i) => {
    const issuer = chain[i + 1] ?? root
    require(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey), 'certificate chain')
  })
}

// ---- chapter 6: the parameter sets ----------------------------------------------------------------------------------------

class ParameterSets {
  inForce = []
  waiting = []

  takeInForce(codec) {
    const isSps = (nal) => typeOf(codec, nal) === (codec === 'H265' ? 33 : 7)
    if (this.waiting.some(isSps)) this.inForce = []
    for (const set of this.waiting) {
      if (!this.inForce.some((known) => known.equals(set))) this.inForce.push(set)
    }
    this.inForce = this.inForce.slice(-64)
    this.waiting = []
  }

  digest(hash) {
    const digest = crypto.createHash(hash)
    for (const set of [...this.inForce].sort(Buffer.compare)) {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(set.length)
      digest.update(length).update(set)
    }
    return digest.digest('hex')
  }
}

// ---- chapter 5: the stream --------------------------------------------------------------------------------------------------

/**
 * Checks a whole byte stream that is signed from its first picture to its last.
 * Returns { groups, signed, serial }; throws with the reason for anything else.
 */
export function checkStream(codec, root, byteStream) {
  const nalUnits = splitByteStream(byteStream)
  const items = nalUnits.map((nal) => ({ nal, kind: classOf(codec, nal), sei: null }))
  for (const item of items) {
    if (item.kind === 'sei') item.sei = readSei(codec, item.nal)
    require(item.kind !== 'uncovered', 'a slice that no signature covers')
  }
  const seis = items.map((item) => item.sei).filter(Boolean)
  const withChain = seis.find((sei) => sei.tags[6]) ?? refuse('no certificate')
  const hash = withChain.tags[4]
  requireTrusted(withChain.tags[6], root)
  const key = withChain.tags[6][0].publicKey
  const entries = hashAll(codec, hash, items)
  let next = 0
  let counter = 0
  let linked = null
  let before = null
  let open = 0
  for (const sei of seis) {
    const signature = sei.tags[3]
    if (sei.tags[4]) require(sei.tags[4] === hash, 'another hash algorithm')
    if (sei.tags[6]) require(sei.tags[6][0].publicKey.equals(key), 'another key')
    if (signature) {
      require(verifies(key, hash, crypto.createHash(hash).digest().length, sei.document, signature), 'signature')
    }
    if (sei.certificateSei) continue
    const general = sei.tags[1]
    const group = entries.slice(next, next + general.count)
    require(group.length === general.count && general.count > 0, 'number of hashes')
    next += general.count
    const joined = Buffer.concat(group.map((entry) => entry.hash))
    require(crypto.createHash(hash).update(joined).digest().equals(general.groupHash), 'group hash')
    if (sei.tags[2]) require(sei.tags[2].equals(joined), 'hash list')
    const first = group.find((entry) => !entry.sei) ?? refuse('a group without a slice')
    require(general.linkedHash.equals(linked ?? Buffer.alloc(general.h)), 'linked hash')
    require(general.counter === ++counter, 'counter')
    require(general.end === null || general.start < general.end, 'times')
    require(before === null || before === general.start, 'times do not join')
    requireSets(sei, group.findLast((entry) => !entry.sei).sets)
    linked = first.hash
    before = general.end
    open = signature ? 0 : open + 1
  }
  require(counter > 0, 'not signed')
  require(open === 0, 'the last SEI is not signed')
  require(next === entries.length, 'pictures that no signature covers')
  return { groups: counter, signed: seis.filter((sei) => sei.tags[3]).length, serial: withChain.tags[5].serial }
}

function hashAll(codec, hash, items) {
  const H = (...parts) => crypto.createHash(hash).update(Buffer.concat(parts)).digest()
  const sets = new ParameterSets()
  const entries = []
  let anchor = null
  for (const { nal, kind, sei } of items) {
    if (kind === 'set') sets.waiting.push(nal)
    if (sei && !sei.tags[3]) entries.push({ hash: H(sei.hashed), sei: true })
    if (kind !== 'key' && kind !== 'slice') continue
    const first = Boolean(nal[headerLength(codec)] & 0x80)
    if (first) sets.takeInForce(codec)
    const x = H(nal)
    if (kind === 'key' && first) anchor = x
    require(anchor, 'a picture in front of the first key picture')
    const value = kind === 'key' && first ? x : H(anchor, x)
    entries.push({ hash: value, sei: false, sets: sets.digest(hash) })
  }
  return entries
}

function requireSets(sei, digest) {
  const firmware = sei.tags[5]?.firmware ?? ''
  const mark = firmware.lastIndexOf(';ps=')
  if (mark >= 0) require(firmware.slice(mark + 4) === digest, 'parameter sets')
}
