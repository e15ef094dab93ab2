// Checks a transparency log with the second checker: node vectors/node/check-tlog.mjs DIR LOGKEY
// Prints "sound: N entries, M live certificates" and ends with 0, or "refused: ..." and 1.
import fs from 'node:fs'
import { checkLog } from './tlog.mjs'

try {
  const [directory, key] = process.argv.slice(2)
  const { size, live } = checkLog(directory, fs.readFileSync(key, 'utf8'))
  console.log(`sound: ${size} entries, ${live} live certificates`)
} catch (error) {
  console.log(`refused: ${error.message}`)
  process.exitCode = 1
}
