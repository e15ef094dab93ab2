// Checks signed byte streams with the second checker: node vectors/node/check-signing.mjs ROOT.pem FILE.264|FILE.265...
// One line a file, "authentic ..." or "refused: ..."; with --alter, also changes each NAL unit that must count and counts refusals.
// Exit code 0 if all files are authentic (and all alterations refused), else 1.
import crypto from 'node:crypto'
import fs from 'node:fs'
import { checkStream, splitByteStream } from './signing.mjs'

const files = process.argv.slice(2).filter((argument) => argument !== '--alter')
const alter = process.argv.includes('--alter')
const root = new crypto.X509Certificate(fs.readFileSync(files.shift()))

function judge(codec, bytes) {
  try {
    const { groups, signed, serial } = checkStream(codec, root, bytes)
    return `authentic: ${groups} groups, ${signed} signatures, serial number ${serial}`
  } catch (error) {
    return `refused: ${error.message}`
  }
}

const join = (nalUnits) => Buffer.concat(nalUnits.flatMap((nal) => [Buffer.from([0, 0, 0, 1]), nal]))

const typeOf = (codec, nal) => (codec === 'H265' ? (nal[0] >> 1) & 63 : nal[0] & 31)
const isSlice = (codec, nal) => typeOf(codec, nal) < (codec === 'H265' ? 32 : 6)
const isSet = (codec, nal) => (codec === 'H265' ? [32, 33, 34] : [7, 8]).includes(typeOf(codec, nal))
const isSigningSei = (nal) => nal.includes('005bc93f2d715e95ada4796f90877a6f', 'hex')

/** A bit changed in every slice, parameter set and signing SEI; every slice left out, and swapped with one right in front of it. */
function* alterations(codec, bytes) {
  const nalUnits = splitByteStream(bytes)
  for (const [i, nal] of nalUnits.entries()) {
    const slice = isSlice(codec, nal)
    if (!slice && !isSet(codec, nal) && !isSigningSei(nal)) continue
    const header = codec === 'H265' ? 3 : 2
    // An SEI's signature has a filling that is not signed: its first half has none.
    const end = isSigningSei(nal) ? nal.length >> 1 : nal.length
    const changed = Buffer.from(nal)
    changed[header + ((i * 7) % (end - header))] ^= 1 << (i % 8)
    yield ['changed', i, join(nalUnits.with(i, changed))]
    if (!slice) continue
    yield ['left out', i, join(nalUnits.toSpliced(i, 1))]
    const before = nalUnits[i - 1]
    if (i > 0 && isSlice(codec, before) && !before.equals(nal)) {
      yield ['swapped', i, join(nalUnits.with(i, before).with(i - 1, nal))]
    }
  }
}

let wrong = 0
for (const file of files) {
  const codec = file.endsWith('265') ? 'H265' : 'H264'
  const bytes = fs.readFileSync(file)
  const verdict = judge(codec, bytes)
  console.log(`${file}: ${verdict}`)
  if (!verdict.startsWith('authentic')) wrong++
  if (!alter) continue
  let refused = 0
  let accepted = 0
  for (const [how, index, altered] of alterations(codec, bytes)) {
    if (judge(codec, altered).startsWith('refused')) {
      refused++
    } else {
      accepted++
      console.log(`${file}: NAL unit ${index} ${how}: accepted`)
    }
  }
  console.log(`${file}: ${refused} alterations refused, ${accepted} accepted`)
  if (accepted || !refused) wrong++
}
process.exitCode = wrong || !files.length ? 1 : 0
