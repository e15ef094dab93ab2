// What all scripts here share: one Chromium with a profile of its own, a line for each thing checked, and pictures of a page on screens of
// several sizes, light and dark.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @typedef {[name: string, width: number, height: number]} Size */

let failures = 0;
/** @param {boolean} held @param {string} what */
export function check(held, what) {
  console.log(`${held ? 'ok  ' : 'FAIL'} ${what}`);
  if (!held) failures++;
}

/**
 * Starts a browser, lets it visit, and ends the program: 0 if all held, 1 otherwise.
 * @param {{folder: string, width: number, ignoreHTTPSErrors?: boolean}} how folder for the pictures, width of the screen
 * @param {(browser: import('playwright-core').BrowserContext) => Promise<void>} visit
 * @returns {Promise<never>}
 */
export async function browse({ folder, width, ignoreHTTPSErrors = false }, visit) {
  await mkdir(folder, { recursive: true });
  const profile = await mkdtemp(join(tmpdir(), 'camseal-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    args: FLAGS,
    viewport: { width, height: 900 },
    ignoreHTTPSErrors,
  });
  try {
    await visit(browser);
  } catch (error) {
    console.log(`FAIL ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`);
    failures++;
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }
  console.log(failures ? `${failures} failed` : 'all held');
  process.exit(failures ? 1 : 0);
}

/** What the browser has to complain of, as it comes. @param {import('playwright-core').Page} page @returns {string[]} */
export function complaintsOf(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}

/**
 * Pictures of the page, light and dark; nothing may be wider than the screen.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {{folder: string, sizes: Size[], whole?: (size: string) => boolean, settleMs?: number}} how whole: which sizes show all of the page;
 *     settleMs: for what moves when the size changes
 */
export async function pictures(page, name, { folder, sizes, whole = () => true, settleMs = 0 }) {
  const before = page.viewportSize();
  for (const [size, width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of /** @type {('light' | 'dark')[]} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      if (settleMs) await page.waitForTimeout(settleMs);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check(overflow <= 0, `${name}: nothing is wider than the screen (${size}, ${colorScheme})`);
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), fullPage: whole(size) });
    }
  }
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
}
