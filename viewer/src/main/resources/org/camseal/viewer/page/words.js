// The words of the page: what a verdict, a signer and a state mean, said for somebody who watches and does not build such things.
// One place, so that the strip, its tooltip and the details say the same.

/**
 * @typedef {object} Finding what one checker says about a group of pictures
 * @property {"authentic"|"incomplete"|"forged"|"unsigned"} verdict
 * @property {string} reason the reason's name; empty for authentic
 * @property {string} detail one sentence
 * @property {"trusted"|"untrusted"|"none"} signer
 * @property {string|null} serial of the signing device
 * @property {number} pictures
 * @property {number} sounds
 *
 * @typedef {object} Group a stretch of video that one signature covers
 * @property {string} id
 * @property {string} start ISO 8601 UTC
 * @property {string} end ISO 8601 UTC
 * @property {number} number of the manifest; -1 where there is none
 * @property {Finding|null} own what this viewer found itself
 * @property {"stored"|"arriving"|null} source what the viewer looked at: the stored file, or the stream as it came
 * @property {Finding|null} recorder what the recorder says it found on arrival
 * @property {boolean} differs
 *
 * @typedef {"ours"|"incomplete"|"forged"|"stranger"|"unsigned"|"unchecked"} Look how a group is drawn
 */

/** From the calmest to the most alarming; the strip draws the last of several groups in one cell. */
export const LOOKS = /** @type {Look[]} */ (["ours", "unchecked", "unsigned", "incomplete", "stranger", "forged"]);

/** @type {Record<Look, {symbol: string, short: string, long: string}>} */
export const LOOK_WORDS = {
  ours: { symbol: "✓", short: "untouched, ours", long: "Untouched, and signed by a camera you trust" },
  incomplete: { symbol: "◐", short: "parts missing", long: "Parts are missing; what is there is untouched" },
  forged: { symbol: "✕", short: "altered", long: "Altered after the camera signed it" },
  stranger: { symbol: "?", short: "not ours", long: "Untouched, but not signed by a camera you trust" },
  unsigned: { symbol: "–", short: "no proof", long: "No signature: nobody can say" },
  unchecked: { symbol: "·", short: "not checked yet", long: "Only the recorder has looked at this so far" },
};

/** @param {Group} group @returns {Look} */
export function lookOf(group) {
  const own = group.own;
  if (!own) return "unchecked";
  if (own.verdict === "forged") return "forged";
  if (own.verdict === "unsigned") return "unsigned";
  if (own.signer !== "trusted") return "stranger";
  return own.verdict === "incomplete" ? "incomplete" : "ours";
}

/** @param {Finding} finding @returns {string} */
export function untouchedWords(finding) {
  switch (finding.verdict) {
    case "authentic":
      return "Yes. Every picture and sound of this stretch is exactly what the camera signed.";
    case "incomplete":
      return "What is here is untouched, but parts are missing.";
    case "forged":
      return "No. Something here is not what the camera signed.";
    case "unsigned":
      return "Nobody can say: there is no signature.";
  }
}

/** @param {Finding} finding @returns {string} */
export function oursWords(finding) {
  switch (finding.signer) {
    case "trusted":
      return `Yes. Signed by camera ${finding.serial ?? "(no serial)"}, whose certificate leads to a device root you trust.`;
    case "untrusted":
      return "No. Whoever signed it is not a camera under the device roots you trust.";
    case "none":
      return "Nobody can say: no signer is known.";
  }
}

/** @param {Finding} finding @returns {string} */
export function findingShort(finding) {
  const signer = finding.signer === "trusted" ? "ours" : finding.signer === "untrusted" ? "not ours" : "no signer";
  return `${finding.verdict}, ${signer}`;
}

/**
 * What the screen says where there is no picture.
 * @type {Record<string, {title: string, text: string}>}
 */
export const STATE_WORDS = {
  connecting: { title: "Connecting", text: "Asking the recorder for this camera." },
  "waiting-key": { title: "Waiting for a key frame", text: "A picture can be shown from the next complete one; that takes two seconds at most." },
  "waiting-grant": { title: "Waiting for the next grant", text: "The camera sends the key of this stretch, locked to each recipient, every few seconds." },
  "no-grant": { title: "Not for you", text: "The camera has not granted this stretch to your key. You can see that it exists and whether it is untouched, but not the picture." },
  "wrong-key": { title: "This key does not open it", text: "A grant is addressed to you, but your key does not open it to the key the camera has committed itself to." },
  untrusted: { title: "Signed by a stranger", text: "What arrives is not signed by a camera you trust, so it is not opened." },
  damaged: { title: "Does not open", text: "The sealed pictures of this stretch were altered; an altered picture cannot be opened." },
  nothing: { title: "Nothing recorded", text: "The recording has no video at this time." },
  lost: { title: "No connection", text: "The viewer does not answer. Trying again." },
  unsupported: { title: "This browser cannot play it", text: "Checking still works; try a browser that plays this video format." },
  edge: { title: "You have reached the present", text: "More appears here as it is recorded." },
};

/** @param {string} iso @returns {string} hours, minutes, seconds in UTC */
export function clock(iso) {
  return new Date(iso).toISOString().slice(11, 19);
}

/** @param {number} ms @returns {string} */
export function clockMs(ms) {
  return new Date(ms).toISOString().slice(11, 19);
}

/** @param {number} ms @returns {string} 2026-11-14 10:15:02 UTC */
export function fullTime(ms) {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** @param {number} bytes @returns {string} */
export function size(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let i = 0;
  while (bytes >= 1000 && i < units.length - 1) {
    bytes /= 1000;
    i++;
  }
  return `${i === 0 || bytes >= 100 ? Math.round(bytes) : bytes.toFixed(1)} ${units[i]}`;
}
