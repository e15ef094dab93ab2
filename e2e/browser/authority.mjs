// Opens the authority's console in a real browser and does what an operator would: looks at orders, a dispute, a certificate and its place
// in the log, the audit log; by mouse and by keyboard. Saves pictures of the page on the way.
//
//   node authority.mjs <address of the console, with token> <folder for the pictures> [<https address> <operator.pem> <operator.pem>]
//
// With two operators (the key beside each certificate, ending in .key) they release the dispute, one after the other.
//
// Environment: CHROMIUM (default /usr/bin/chromium). Prints one line for each thing checked, and ends with 0 if all held, with 1 otherwise.

import { chromium } from 'playwright-core';
import { browse, check, complaintsOf, EXECUTABLE, FLAGS, pictures as takePictures } from './browser.mjs';

const [address, folder, secured, first, second] = process.argv.slice(2);
if (!address || !folder) {
  console.error('usage: node authority.mjs <address of the console, with token> <folder for the pictures>');
  process.exit(2);
}
const PATIENCE_MS = 30_000;
/** @type {[string, number, number][]} */
const SIZES = [['wide', 1280, 900], ['360', 360, 780]];
/** @param {import('playwright-core').Page} page @param {string} name */
const pictures = (page, name) => takePictures(page, name, { folder, sizes: SIZES });

await browse({ folder, width: 1280 }, async (browser) => {
  await visit(await browser.newPage());
  if (secured && first && second) await twoOperators(secured, first, second);
});

/** @param {import('playwright-core').Page} page */
async function visit(page) {
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = complaintsOf(page);
  const answer = await page.goto(address);
  check(answer?.ok() === true && !page.url().includes('token'), 'the page opens, and the token does not stay in the address');
  await page.locator('h3', { hasText: 'PO-1' }).waitFor();
  check((await page.locator('.yield').first().getAttribute('aria-label'))?.includes('2 good, 1 disputed') === true, 'an order tells its yield in words');
  check((await page.locator('[data-cause=HELD]').textContent())?.includes('a second key for one serial') === true, 'and why certificates were not given');
  check((await page.locator('#unordered [data-cause=NOT_ORDERED] .times').textContent()) === '1', 'as for cameras that no order names');
  check((await page.locator('#log-size').textContent()) === '2', 'the log head has its size');
  await pictures(page, 'orders');

  await page.getByRole('link', { name: 'Disputes' }).click();
  await page.locator('[data-dispute]').waitFor();
  check(await page.getByRole('button', { name: 'Keep' }).isDisabled(), 'who has only the token cannot vote');
  check((await page.locator('[data-dispute]').textContent())?.includes('operator’s certificate') === true, 'and is told what is needed');
  await pictures(page, 'disputes');

  await keyboard(page);
  await pictures(page, 'certificates');
  await nothingRuns(page);

  await page.getByRole('link', { name: 'Audit' }).click();
  await page.locator('.audit tbody tr').first().waitFor();
  check((await page.locator('.audit tbody tr').count()) >= 4, 'the audit log is there');
  await pictures(page, 'audit');
  const scripts = complaints.filter((complaint) => !complaint.includes('status of 400'));
  check(scripts.length === 0, `the browser complains of nothing${scripts.length ? `: ${scripts.slice(0, 5).join(' | ')}` : ''}`);
}

/** From the top of the page to a certificate, without a mouse. @param {import('playwright-core').Page} page */
async function keyboard(page) {
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.locator('.skip').focus();
  let words = '';
  for (let i = 0; i < 8 && words !== 'Certificates'; i++) {
    await page.keyboard.press('Tab');
    words = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  }
  await page.keyboard.press('Enter');
  await page.locator('#serial:focus').waitFor();
  await page.keyboard.type('CS-0001');
  await page.keyboard.press('Enter');
  await page.locator('#found article').waitFor();
  check((await page.locator('#found').textContent())?.includes('leaf 0 of 2') === true, 'a certificate is found by the keyboard alone, and its place in the log is proven');
  check((await page.locator('#found .badge', { hasText: 'proven' }).count()) === 1, 'with a word, not by colour alone');
}

/** What is typed into the search, or stands in the address, is text. @param {import('playwright-core').Page} page */
async function nothingRuns(page) {
  const hostile = '<img src=x onerror=alert(1)>';
  await page.fill('#serial', hostile);
  await page.keyboard.press('Enter');
  await page.locator('#found [role=alert]').waitFor();
  check((await page.locator('#view img').count()) === 0, 'a serial that is HTML makes no element');
  check((await page.inputValue('#serial')) === hostile, 'and stands in its field as it was typed');
}

/** @param {string} place @param {...string} operators */
async function twoOperators(place, ...operators) {
  for (const [turn, certificate] of operators.entries()) {
    const own = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
    try {
      const context = await own.newContext({
        ignoreHTTPSErrors: true, // the authority's root is not the browser's
        clientCertificates: [{ origin: new URL(place).origin, certPath: certificate, keyPath: certificate.replace(/pem$/, 'key') }],
      });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${place}#disputes`);
      await page.locator('[data-dispute]').waitFor();
      const words = turn === 0 ? 'Keep' : 'Confirm: keep';
      await page.getByRole('button', { name: words, exact: true }).click();
      if (turn === 0) {
        await page.getByRole('button', { name: 'No', exact: true }).click();
        check((await page.locator('[data-dispute] .notice').count()) === 0, 'a vote can be thought over');
        await page.getByRole('button', { name: words, exact: true }).press('Enter');
      }
      await page.keyboard.press('Enter'); // the question has the focus
      await page.locator('[data-dispute] .notice[data-kind=good]').waitFor();
      const answer = (await page.locator('[data-dispute] .notice').textContent()) ?? '';
      check(answer.includes(turn === 0 ? 'Another operator has to confirm' : 'Decided: keep'), `operator ${turn + 1} of two: ${answer}`);
      if (turn === 0) {
        await page.locator('button:disabled', { hasText: 'Confirm: keep' }).waitFor();
        check(true, 'who proposed cannot confirm');
      } else {
        await page.getByText('No serial is disputed.').waitFor();
        check(true, 'after both nothing is disputed');
      }
    } finally {
      await own.close();
    }
  }
}
