// Opens the pages of a new camera in a real browser and does what its owner would: sets the first password, looks at every part, adds a user,
// makes a self-signed certificate, logs out and in again. Saves pictures of the pages on the way.
//
//   node camera.mjs <https address> <folder for the pictures> [<recipient.pem>]
//
// Environment: CHROMIUM (default /usr/bin/chromium), PICTURES=none to save none.
// Prints one line for each thing checked, and ends with 0 if all held, with 1 otherwise.

import { readFile } from 'node:fs/promises';
import { browse, check, complaintsOf, pictures as takePictures } from './browser.mjs';

const [address, folder, recipient] = process.argv.slice(2);
if (!address || !folder) {
  console.error('usage: node camera.mjs <https address> <folder for the pictures> [<recipient.pem>]');
  process.exit(2);
}
const PATIENCE_MS = 60_000;
/** @type {import('./browser.mjs').Size[]} */
const SIZES = [['wide', 1280, 900], ['360', 360, 780]];
const PASSWORD = 'violet tram under nine clouds';

/** @param {import('playwright-core').Page} page @param {string} name */
const pictures = async (page, name) => {
  if (process.env.PICTURES !== 'none') await takePictures(page, name, { folder, sizes: SIZES });
};

// A camera's certificate names no host and its root is not the browser's: people compare it, programs know it by serial.
await browse({ folder, width: 1280, ignoreHTTPSErrors: true }, async (browser) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = complaintsOf(page);
  await first(page);
  await looks(page);
  await certificates(page);
  await users(page);
  await inAgain(page);
  const cookies = await browser.cookies();
  check(cookies.length === 1 && cookies[0]?.httpOnly === true && cookies[0]?.secure === true && cookies[0]?.sameSite === 'Strict' && cookies[0]?.name.startsWith('__Host-') === true,
    'one cookie, which no script reads, for HTTPS and this site alone');
  const scripts = complaints.filter((complaint) => !/status of (401|409)/.test(complaint));
  check(scripts.length === 0, `the browser complains of nothing${scripts.length ? `: ${scripts.slice(0, 5).join(' | ')}` : ''}`);
});

/** @param {import('playwright-core').Page} page */
async function first(page) {
  await page.goto(address);
  await page.getByRole('heading', { name: 'This camera is new' }).waitFor();
  check(await page.locator('#parts').isHidden(), 'a new camera shows nothing but the way to the first password');
  await pictures(page, 'first');
  await page.getByLabel('Password', { exact: true }).fill('admin1234567');
  await page.getByLabel('Password again').fill('admin1234567');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.locator('.notice[data-kind=bad]').waitFor();
  check(/password/i.test((await page.locator('.notice[data-kind=bad]').textContent()) ?? ''), 'a password that everybody takes is refused, and it is said why');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('#parts a').first().waitFor();
  check((await page.locator('#who a').getAttribute('title'))?.includes('administrator') === true, 'then the first administrator is logged in');
}

/** @param {import('playwright-core').Page} page @param {string} part @param {string} title */
async function open(page, part, title) {
  await page.locator('#parts').getByRole('link', { name: part, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** @param {import('playwright-core').Page} page */
async function looks(page) {
  await page.getByText('leaves this camera sealed').waitFor();
  check(true, 'the picture’s page says that the video is sealed');
  await pictures(page, 'live');
  await open(page, 'Status', 'Status');
  await page.getByText('Units, sealed').waitFor();
  await pictures(page, 'status');
  await open(page, 'Identity', 'Identity');
  await page.getByText('Secure element').waitFor();
  check((await page.locator('.badge', { hasText: 'software' }).count()) === 1, 'the element’s level is a word');
  await pictures(page, 'identity');
  await open(page, 'Stream', 'Stream');
  await page.getByText('Nobody yet, so nothing is sent').waitFor();
  if (recipient) {
    await page.getByLabel('Certificate (PEM)').fill(await readFile(recipient, 'utf8'));
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('article h3').waitFor();
    check(true, 'a recipient is added');
  }
  await pictures(page, 'streams');
  await open(page, 'SD card', 'SD card');
  await page.getByText('nothing is kept yet').waitFor();
  await pictures(page, 'card');
  await open(page, 'Events', 'Events');
  await page.locator('.entries tbody tr').first().waitFor();
  check((await page.locator('.entries').textContent())?.includes('first administrator') === true, 'the event log knows who came first');
  await pictures(page, 'events');
}

/** @param {import('playwright-core').Page} page */
async function certificates(page) {
  await open(page, 'Certificates', 'Certificates');
  await page.getByRole('heading', { name: 'For signing the video' }).waitFor();
  check((await page.locator('.badge', { hasText: 'signs the video' }).count()) === 1, 'one certificate signs the video, and what each would prove is said');
  const card = page.locator('#self-signed');
  await card.getByLabel('Subject').fill('CN=camera.example.com');
  await card.getByRole('button', { name: 'Make self-signed certificate' }).click();
  await page.getByText('Nobody vouches for this certificate').waitFor();
  check(true, 'a self-signed certificate carries its warning');
  await pictures(page, 'certificates');
}

/** @param {import('playwright-core').Page} page */
async function users(page) {
  await open(page, 'Users', 'Users');
  const add = page.locator('.card', { has: page.getByRole('heading', { name: 'Add a user' }) });
  await add.getByLabel('Name').fill('guard');
  await add.getByLabel('Password').fill(PASSWORD);
  await add.getByRole('button', { name: 'Add' }).click();
  const guard = page.locator('[data-user=guard]');
  await guard.waitFor();
  await guard.getByRole('button', { name: 'New stream secret' }).click();
  await guard.locator('.secret').waitFor();
  check(/^[0-9a-z]{32}$/.test((await guard.locator('.secret').textContent()) ?? ''), 'a program gets a secret that nobody chose');
  await pictures(page, 'users');
}

/** Out, and in as a viewer, who sees less. @param {import('playwright-core').Page} page */
async function inAgain(page) {
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await pictures(page, 'login');
  await page.getByLabel('User').fill('guard');
  await page.getByLabel('Password').fill('not the password');
  await page.keyboard.press('Enter');
  await page.locator('.notice[data-kind=bad]').waitFor();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('#parts a').first().waitFor();
  const parts = await page.locator('#parts a').allTextContents();
  check(!parts.includes('Users') && !parts.includes('Events') && parts.includes('Status'), `a viewer has fewer parts: ${parts.join(', ')}`);
}
