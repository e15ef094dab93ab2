// The words of the page: what a verdict, a signer and a state mean, said for somebody who watches and does not build such things.
// One place, so that the strip, its tooltip and the details say the same.

/**
 * @typedef {object} Finding what one checker says about a group of pictures
 * @property {"AUTHENTIC"|"INCOMPLETE"|"FORGED"|"UNSIGNED"} verdict
 * @property {string} reason the reason's name; empty for authentic
 * @property {string} detail one sentence; may be empty
 * @property {"TRUSTED"|"UNTRUSTED"|"NOBODY"} signer
 * @property {string} [serial] of the device the video names
 * @property {number} pictures
 * @property {number} sounds
 *
 * @typedef {object} Group a stretch of video that one signature covers
 * @property {string} id
 * @property {string} start ISO 8601 UTC
 * @property {string} end ISO 8601 UTC
 * @property {number} number of the manifest; -1 where there is none
 * @property {Finding} [own] what this viewer found itself
 * @property {"STORED"|"ARRIVING"} [source] what the viewer looked at: the stored file, or the stream as it came
 * @property {Finding} [recorder] what the recorder says it found on arrival
 * @property {boolean} differs
 *
 * @typedef {"ours"|"incomplete"|"forged"|"stranger"|"unsigned"|"unchecked"} Look how a group is drawn
 */

/** From the calmest to the most alarming; the strip draws the last of several groups in one cell. */
export const LOOKS = /** @type {Look[]} */ (['ours', 'unchecked', 'unsigned', 'incomplete', 'stranger', 'forged']);

/** @type {Record<Look, {symbol: string, short: string, long: string}>} */
export const LOOK_WORDS = {
  ours: { symbol: '✓', short: 'untouched, ours', long: 'Untouched, and signed by a camera you trust' },
  incomplete: { symbol: '◐', short: 'parts missing', long: 'Parts are missing; what is there is untouched' },
  forged: { symbol: '✕', short: 'altered', long: 'Altered after the camera signed it' },
  stranger: { symbol: '?', short: 'not ours', long: 'Not signed by a camera you trust' },
  unsigned: { symbol: '–', short: 'no proof', long: 'Nobody vouches for it' },
  unchecked: { symbol: '·', short: 'not checked yet', long: 'Only the recorder has looked at this so far' },
};

/** @param {Group} group @returns {Look} */
export function lookOf(group) {
  const own = group.own;
  if (!own) return 'unchecked';
  if (own.verdict === 'FORGED') return 'forged';
  if (own.signer === 'UNTRUSTED') return 'stranger';
  if (own.verdict === 'UNSIGNED' || own.signer !== 'TRUSTED') return 'unsigned';
  return own.verdict === 'INCOMPLETE' ? 'incomplete' : 'ours';
}

/** @param {Finding} finding @returns {string} */
export function untouchedWords(finding) {
  switch (finding.verdict) {
    case 'AUTHENTIC':
      return 'Yes. Every picture and sound of this stretch is exactly what the camera signed.';
    case 'INCOMPLETE':
      return 'What is here is untouched, but parts are missing.';
    case 'FORGED':
      return 'No. Something here is not what the camera signed.';
    case 'UNSIGNED':
      return 'Nobody can say: there is no signature.';
  }
}

/** @param {Finding} finding @returns {string} */
export function oursWords(finding) {
  switch (finding.signer) {
    case 'TRUSTED':
      return `Yes. Signed by camera ${finding.serial ?? '(no serial)'}, whose certificate leads to a device root you trust.`;
    case 'UNTRUSTED':
      return 'No. Whoever signed it is not a camera under the device roots you trust.';
    case 'NOBODY':
      return 'Nobody can say: no signer is known.';
  }
}

/** @param {Finding} finding @returns {string} */
export function findingShort(finding) {
  const words = { AUTHENTIC: 'untouched', INCOMPLETE: 'parts missing', FORGED: 'altered', UNSIGNED: 'no signature' };
  const signers = { TRUSTED: 'ours', UNTRUSTED: 'not ours', NOBODY: 'no signer' };
  return `${words[finding.verdict]}, ${signers[finding.signer]}`;
}

/**
 * What the screen says where there is no picture: by the obstacle the opener names, and by what the page itself meets.
 * @type {Record<string, {title: string, text: string}>}
 */
export const STATE_WORDS = {
  CONNECTING: { title: 'One moment', text: 'Asking the recorder for this video.' },
  WAITING_FOR_KEY_PICTURE: { title: 'Waiting for a key picture', text: 'A picture can be shown from the next complete one on; that takes two seconds at most.' },
  NO_MANIFEST_YET: { title: 'Waiting for a signature', text: 'The camera signs every two seconds; before that nothing is shown.' },
  NO_CERTIFICATE_YET: { title: 'Waiting for the camera to prove itself', text: 'Its certificate comes every ten seconds.' },
  NO_GRANT_YET: { title: 'Waiting for the key', text: 'The camera sends the key of this stretch, locked to each recipient, every five seconds.' },
  NO_GRANT_FOR_US: { title: 'Not granted to you', text: 'The camera has not granted this stretch to your key. You can see that it is there and whether it is untouched, but no picture.' },
  GRANT_REFUSED: { title: 'Your key does not open it', text: 'A grant is addressed to your key, but does not open with it. It was altered, or belongs to another stream.' },
  COMMITMENT_MISMATCH: { title: 'The wrong key was granted', text: 'The grant opens to another key than the one the camera has signed for. It is not used.' },
  KEY_FAILED: { title: 'Your key cannot be used', text: 'Is its token plugged in?' },
  SIGNER_NOT_ACCEPTED: { title: 'Signed by a stranger', text: 'What comes is not signed by a camera you trust, so it is not opened.' },
  ALTERED: { title: 'It does not open', text: 'The sealed pictures of this stretch were altered. An altered picture cannot be opened.' },
  NOT_SEALED: { title: 'Not sealed', text: 'What comes is not sealed video, so it is not shown.' },
  NOTHING: { title: 'Nothing recorded', text: 'The recording has no video at this time.' },
  LOST: { title: 'No answer', text: 'The viewer does not answer. Trying again.' },
  UNSUPPORTED: { title: 'This browser cannot play it', text: 'Everything is checked all the same. Another browser may play this video format.' },
  EDGE: { title: 'This is the present', text: 'More comes as it is recorded.' },
};

/** @param {number|string} time ISO 8601 or milliseconds @returns {string} hours, minutes, seconds in UTC */
export function clock(time) {
  return new Date(time).toISOString().slice(11, 19);
}

/** @param {number} ms @returns {string} 2026-11-14 10:15:02 UTC */
export function fullTime(ms) {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
