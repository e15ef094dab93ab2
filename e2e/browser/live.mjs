// Looks at a camera's moving picture, and at its card, in a real browser: as an operator who may see it, and as a viewer who may not.
//
//   node live.mjs <https address of a camera with H.264> <one with H.265> <folder for the pictures>
//
// Both have the users "operator" and "viewer", and show their picture to operators. The first has a card with a gap of hours.
//
// Environment: CHROMIUM (default /usr/bin/chromium), PICTURES=none to save none, PICTURES=all to save all.
// Prints one line for each thing checked, and ends with 0 if all held, with 1 otherwise.

import { browse, check, complaintsOf, pictures as takePictures } from './browser.mjs';

const [address, h265, folder] = process.argv.slice(2);
if (!address || !h265 || !folder) {
  console.error('usage: node live.mjs <https address, H.264> <https address, H.265> <folder for the pictures>');
  process.exit(2);
}
const PATIENCE_MS = 60_000;
/** @type {import('./browser.mjs').Size[]} */
const SIZES = [['wide', 1280, 900], ['360', 360, 780]];
const USUAL = ['live-moving', 'card-gaps'];
const PASSWORD = 'violet tram under nine clouds';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {string} name */
const pictures = async (page, name) => {
  if (process.env.PICTURES === 'all' || (process.env.PICTURES !== 'none' && USUAL.includes(name))) await takePictures(page, name, { folder, sizes: SIZES });
};

await browse({ folder, width: 1280, ignoreHTTPSErrors: true }, async (browser) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = complaintsOf(page);
  await logIn(page, address, 'operator');
  await moves(page);
  await card(page);
  await ends(page);
  await logIn(page, address, 'viewer');
  await nothing(page);
  await logIn(page, h265, 'operator');
  await still(page);
  const scripts = complaints.filter((complaint) => !/status of (401|403)/.test(complaint));
  check(scripts.length === 0, `the browser complains of nothing${scripts.length ? `: ${scripts.slice(0, 5).join(' | ')}` : ''}`);
});

/** @param {Page} page @param {string} where @param {string} user */
async function logIn(page, where, user) {
  await page.goto(where);
  await page.getByLabel('User').fill(user);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('#parts a').first().waitFor();
}

/** How many colours a picture on the page has, of some of its points. @param {Page} page @param {string} selector */
function colours(page, selector) {
  return page.evaluate((what) => {
    const shown = /** @type {HTMLVideoElement | HTMLImageElement} */ (document.querySelector(what));
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(shown, 0, 0, 64, 36);
    const { data } = context.getImageData(0, 0, 64, 36);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
    return seen.size;
  }, selector);
}

/** @param {Page} page */
function mediaTime(page) {
  return page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
}

/** @param {Page} page */
async function moves(page) {
  await page.locator('.video[data-state=moving]').waitFor();
  const before = await mediaTime(page);
  await page.waitForFunction((from) => (document.querySelector('video')?.currentTime ?? 0) > from + 1, before);
  check(true, 'the picture moves: more than a second of it was played');
  const many = await colours(page, 'video');
  check(many > 8, `it is no surface of one colour: ${many} colours`);
  const shown = await page.locator('.video time').getAttribute('datetime');
  const behind = Math.abs(Date.now() - Date.parse(shown ?? ''));
  check(behind < PATIENCE_MS, 'and says when it was captured');
  check((await page.locator('.notice[data-kind=warn]').textContent())?.includes('proves nothing') === true, 'the page says that it proves nothing');
  await pictures(page, 'live-moving');
}

/** @param {Page} page */
async function card(page) {
  await page.locator('#parts').getByRole('link', { name: 'SD card', exact: true }).click();
  await page.locator('.lately li').first().waitFor();
  const gaps = await page.locator('.lately li').allTextContents();
  check(gaps.length === 1 && /3:59:5\d/.test(gaps[0] ?? ''), `the gap on the card is shown: ${gaps.join('; ')}`);
  await pictures(page, 'card-gaps');
  const answer = await (await page.request.get(new URL('/api/card', address).href)).json();
  const words = { missing: 'is not there', full: 'is full', refused: 'worn out', slow: 'too slow' };
  for (const [cause, word] of Object.entries(words)) {
    await page.route('**/api/card*', (route) => route.fulfill({ json: { ...answer, written: false, cause, since: new Date().toISOString(), told: 'as the system says it' } }));
    await page.locator('.notice[data-kind=bad]', { hasText: word }).waitFor();
    check(true, `a card that is ${cause} is told in plain words`);
    if (cause === 'refused') await pictures(page, 'card-refused');
    await page.unroute('**/api/card*');
  }
}

/** @param {Page} page */
async function ends(page) {
  await page.locator('#parts').getByRole('link', { name: 'Picture', exact: true }).click();
  await page.locator('.video[data-state=moving]').waitFor();
  await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/session')).json();
    await fetch('/api/logout', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', 'X-CamSeal-Csrf': csrf } });
  });
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  check((await page.locator('video').count()) === 0, 'with a log-out elsewhere the picture ends, and the page asks for a login');
}

/** @param {Page} page */
async function nothing(page) {
  await page.getByText('only to operators and administrators').waitFor();
  check((await page.locator('video, .video img').count()) === 0, 'a viewer sees no picture, and is told who does');
  const status = await page.evaluate(async () => (await fetch('/api/live/stream')).status);
  check(status === 403, `nor does the camera give it: ${status}`);
  await pictures(page, 'live-viewer');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
}

/** A browser that does not play H.265 says so, and has the last key picture. @param {Page} page */
async function still(page) {
  const plays = await page.evaluate(() => MediaSource.isTypeSupported('video/mp4; codecs="hev1.1.6.L60.90"'));
  if (plays) {
    await page.locator('.video[data-state=moving]').waitFor();
    check(true, 'this browser plays H.265');
    return;
  }
  await page.getByText('This browser cannot play H.265').waitFor();
  await page.waitForFunction(() => (/** @type {HTMLImageElement | null} */ (document.querySelector('.video img'))?.naturalWidth ?? 0) > 0);
  const many = await colours(page, '.video img');
  check(many > 8, `a browser that does not play H.265 says so, and shows the last key picture: ${many} colours`);
  await pictures(page, 'live-still');
}
