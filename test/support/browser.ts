import { type Browser, chromium } from 'playwright-core';
import { ensureDebianPackage } from './debian-packages.js';

/** Nothing but the page under test may use the network. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium without a window; says what is missing where it cannot be had. */
export async function startBrowser(): Promise<Browser> {
  const found = await ensureDebianPackage('chromium', ['chromium']);
  if ('missing' in found) throw new Error(found.missing);
  return chromium.launch({ executablePath: found.path, args: QUIET });
}
