// Opens the viewer's page of a running demonstration in a real browser and does what a visitor would: watches, looks at the timeline,
// alters one bit, and sees it found. Saves pictures of the page on the way.
//
//   node demo.mjs <address with token> <folder for the pictures>
//
// Environment: CHROMIUM (default /usr/bin/chromium), EXPECT=no-grant for a viewer without a grant.
// Prints one line for each thing checked, and ends with 0 if all held, with 1 otherwise, with 4 if the page was not reached.

import { join } from 'node:path';
import { browse, check, complaintsOf, pictures as takePictures } from './browser.mjs';

const [address, folder] = process.argv.slice(2);
if (!address || !folder) {
  console.error('usage: node demo.mjs <address with token> <folder for the pictures>');
  process.exit(2);
}
const PATIENCE_MS = 90_000;

/** @type {import('./browser.mjs').Size[]} */
const SIZES = [['wide', 1440, 900], ['tablet', 820, 1180], ['360', 360, 780]];
/** @param {import('playwright-core').Page} page @param {string} name */
const pictures = (page, name) => takePictures(page, name, { folder, sizes: SIZES, whole: (size) => size === '360', settleMs: 600 });

/** @type {import('playwright-core').BrowserContext} */
let browser;
await browse({ folder, width: 1440 }, async (started) => {
  browser = started;
  await visit(await browser.newPage());
});

/** @param {import('playwright-core').Page} page */
async function visit(page) {
  const complaints = complaintsOf(page);
  const answer = await page.goto(address).catch(() => null);
  if (!answer?.ok()) {
    console.log(`FAIL the page was not reached: ${answer ? answer.status() : 'no answer'}`);
    process.exit(4);
  }
  check(!page.url().includes('token'), 'the token does not stay in the address');
  if (process.env.EXPECT === 'no-grant') await withoutGrant(page);
  else {
    await watch(page);
    await pictures(page, 'live');
    await timelineIsGreen(page);
    await alterAndFind(page);
    await pictures(page, 'altered');
    await keyboard(page);
    await download(page);
    await recorderPage(page);
  }
  check(complaints.length === 0, `the browser complains of nothing${complaints.length ? `: ${complaints.slice(0, 5).join(' | ')}` : ''}`);
}

/** What the player does. @param {import('playwright-core').Page} page */
function video(page) {
  return page.evaluate(() => {
    const element = /** @type {HTMLVideoElement} */ (document.querySelector('video'));
    const frames = element.getVideoPlaybackQuality().totalVideoFrames;
    return { time: element.currentTime, error: element.error?.message ?? null, width: element.videoWidth, frames };
  });
}

/** @param {import('playwright-core').Page} page @param {() => boolean} condition @param {string} what */
async function becomes(page, condition, what) {
  const held = await page.waitForFunction(condition, null, { timeout: PATIENCE_MS }).then(() => true, () => false);
  check(held, what);
  return held;
}

/** @param {import('playwright-core').Page} page */
async function watch(page) {
  await becomes(page, () => (document.querySelector('video')?.videoWidth ?? 0) > 0, 'a picture comes');
  const first = await video(page);
  const held = await page.waitForFunction((from) => (document.querySelector('video')?.currentTime ?? 0) > from + 2, first.time, { timeout: PATIENCE_MS }).then(() => true, () => false);
  const later = await video(page);
  check(held, `the live picture moves: from ${first.time.toFixed(2)} s to ${later.time.toFixed(2)} s, ${later.frames} pictures of width ${later.width}`);
  check(later.error === null, `the player reports no error${later.error ? `: ${later.error}` : ''}`);
  check(await page.evaluate(() => document.querySelector('video')?.muted === true), 'the sound is off at first');
  check(await page.locator('#veil').isHidden(), 'nothing stands in front of the picture');
}

/** @param {import('playwright-core').Page} page */
async function timelineIsGreen(page) {
  await becomes(page, () => document.querySelectorAll('.cell.look-ours').length >= 5, 'at least five stretches are untouched and ours');
  check((await page.locator('.cell.look-forged').count()) === 0, 'none is altered');
}

/** @param {import('playwright-core').Page} page */
async function alterAndFind(page) {
  await page.waitForFunction(() => !(/** @type {HTMLButtonElement} */ (document.querySelector('#alter'))?.disabled), null, { timeout: PATIENCE_MS });
  await page.click('#alter');
  await becomes(page, () => document.querySelectorAll('.cell.look-forged').length === 1, 'exactly one stretch turns red');
  console.log(`     ${(await page.locator('#altered').textContent())?.trim()}`);
  // The strip moves on with time: a click goes to where the stretch is just now, and on a slow machine may come too late for it.
  for (let attempt = 0; attempt < 4 && (await page.locator('#alarm').isHidden()); attempt++) {
    const box = await page.evaluate(() => {
      const place = document.querySelector('.cell.look-forged .fill')?.getBoundingClientRect();
      return place ? { x: place.x + place.width / 2, y: place.y + place.height / 2 } : null;
    });
    if (box) await page.mouse.click(box.x, box.y);
    await page.locator('#alarm').waitFor({ state: 'visible', timeout: 6_000 }).catch(() => {});
  }
  await becomes(page, () => !document.querySelector('#alarm')?.hasAttribute('hidden'), 'playing it shows the alarm over the picture');
  check(/differ/i.test((await page.locator('#details').textContent()) ?? ''), 'the details say that recorder and viewer differ');
  const before = await video(page);
  const held = await page.waitForFunction((from) => (document.querySelector('video')?.currentTime ?? 0) > from + 0.3, before.time, { timeout: PATIENCE_MS }).then(() => true, () => false);
  check(held, 'the recording plays');
  await page.screenshot({ path: join(folder, 'alarm-wide-light.png') });
  await becomes(page, () => document.querySelector('#alarm')?.hasAttribute('hidden') === true, 'the alarm goes when the stretch is over');
  const after = await video(page);
  check(after.error === null, `the player reports no error behind the altered stretch${after.error ? `: ${after.error}` : ''}`);
}

/** @param {import('playwright-core').Page} page */
async function keyboard(page) {
  await page.focus('#strip');
  await page.keyboard.press('End');
  const text = () => page.locator('#strip').getAttribute('aria-valuetext');
  await page.keyboard.press('PageUp');
  check(/altered/i.test((await text()) ?? ''), `Page Up on the timeline goes to the altered stretch: ${await text()}`);
  await page.keyboard.press('ArrowRight');
  check(!/altered/i.test((await text()) ?? ''), `the arrow key goes on: ${await text()}`);
}

/** @param {import('playwright-core').Page} page */
async function download(page) {
  await page.click('#export');
  await page.screenshot({ path: join(folder, 'export-wide-light.png') });
  const [saved] = await Promise.all([page.waitForEvent('download', { timeout: PATIENCE_MS }), page.click('#export-go')]);
  await saved.saveAs(join(folder, 'clip-sealed.mp4'));
  check(/sealed\.mp4$/.test(saved.suggestedFilename()), `a sealed clip is saved: ${saved.suggestedFilename()}`);
}

/** @param {import('playwright-core').Page} page */
async function recorderPage(page) {
  const link = await page.locator('#demo a').getAttribute('href');
  if (!link) {
    check(false, 'the demonstration links to the recorder');
    return;
  }
  const other = await browser.newPage();
  await other.goto(link);
  await becomes(other, () => document.querySelectorAll('.verdicts .cell').length >= 5, 'the recorder shows its verdicts');
  check((await other.locator('video, img:not([src$=".svg"])').count()) === 0, 'the recorder shows no picture');
  await pictures(other, 'recorder');
  await other.close();
}

/** @param {import('playwright-core').Page} page */
async function withoutGrant(page) {
  await becomes(page, () => document.querySelector('#veil')?.getAttribute('data-state') === 'NO_GRANT_FOR_US', 'the page says that the video is not granted');
  await becomes(page, () => document.querySelectorAll('.cell.look-ours').length >= 3, 'and yet it can be checked');
  check((await video(page)).width === 0, 'no picture is shown');
  await pictures(page, 'no-grant');
}
