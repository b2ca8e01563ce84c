import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { getDescriptor } from '#contracts';
import { startBrowser } from '../support/browser.js';
import { openTender } from '../support/open-tender.js';
import { startTestPlatform } from '../support/platform.js';
import { measure } from './measure.js';

const MB = 1_000_000;
const SIZE_MB = 500;
const ASSETS = 'dist/apps/web/assets';

/** The portal in Debian's Chromium: how soon a visitor sees the notices, and how fast a bid is sealed there. */
export async function webBench(): Promise<void> {
  const platform = await startTestPlatform({ clockFactor: 1 });
  const browser = await startBrowser();
  try {
    const { address } = platform.current();
    await visits(browser, address);
    const { tenderId, seats } = await openTender(platform, 60_000);
    const { descriptor } = await seats[0]!.bidder.api.call(getDescriptor, { tenderId });
    await sealing(browser, address, descriptor);
  } finally {
    await browser.close();
    await platform.close();
  }
}

/** Each with an empty cache, until the notices are there and can be filtered. */
async function visits(browser: Browser, address: string): Promise<void> {
  const visit = async (path: string, isThere: (page: Page) => Promise<unknown>): Promise<void> => {
    const context = await browser.newContext({ locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(address + path);
    await isThere(page);
    await context.close();
  };
  await measure({
    name: 'portal, first visit until usable',
    ours: () => visit('/', (page) => page.getByText('尚未发布任何公告').waitFor()),
    limitName: 'a page of plain text',
    limit: () => visit('/api/v1/platform', (page) => page.getByText('sha256').first().waitFor()),
    count: 1,
    unit: 'visits',
  });
}

/** What a page may be told to do with the file that it holds. */
interface Held {
  sealed(order: object): Promise<string>;
  read(): Promise<number>;
}

async function sealing(
  browser: Browser,
  address: string,
  descriptor: Readonly<Record<string, unknown>>,
): Promise<void> {
  const page = await browser.newPage();
  await page.goto(address);
  const worker = readdirSync(ASSETS).find((name) => /^seal\.worker-.*\.js$/.test(name))!;
  await page.evaluate(holdFile, { worker: `/assets/${worker}`, sizeMb: SIZE_MB, mb: MB });
  const before = await renderersPeak(browser);
  const order = {
    descriptor,
    bidderCertSha256: '00'.repeat(32),
    seq: 1,
    previousManifestSha256: null,
    envelopeId: 'technical',
    clientTime: '2026-11-24T00:00:00.000Z',
    name: 'bench.age',
  };
  await measure({
    name: `seal ${SIZE_MB} MB in the browser`,
    ours: async () => {
      const said = await page.evaluate(
        (o) => (globalThis as unknown as { held: Held }).held.sealed(o),
        order,
      );
      if (said !== 'sealed') throw new Error(said);
    },
    limitName: 'reading the file as a stream',
    limit: async () =>
      void (await page.evaluate(() => (globalThis as unknown as { held: Held }).held.read())),
    count: SIZE_MB,
    unit: 'MB',
  });
  const after = await renderersPeak(browser);
  process.stdout.write(
    `        the page's process had ${before} MiB at most before, ${after} MiB at most after\n`,
  );
}

/** Runs in the page: a file of this size, and what is done with it. */
function holdFile({ worker, sizeMb, mb }: { worker: string; sizeMb: number; mb: number }): void {
  const part = new Uint8Array(mb);
  for (let at = 0; at < mb; at += 50_000) crypto.getRandomValues(part.subarray(at, at + 50_000));
  const file = new File(
    Array.from({ length: sizeMb }, () => part),
    'part.bin',
  );
  const held = {
    sealed: (order: object) =>
      new Promise<string>((done, failed) => {
        const sealer = new Worker(worker, { type: 'module' });
        sealer.addEventListener('error', ({ message }) => failed(new Error(message)));
        sealer.addEventListener('message', ({ data }: MessageEvent<{ type: string; message?: string }>) => {
          if (data.type === 'progress') return;
          sealer.terminate();
          done(data.type === 'sealed' ? data.type : `${data.type}: ${data.message}`);
        });
        sealer.postMessage({ ...order, files: [file] });
      }),
    read: async () => {
      let bytes = 0;
      const reader = file.stream().getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.length;
      return bytes;
    },
  };
  (globalThis as unknown as { held: unknown }).held = held;
}

/** Most memory that a page's process ever had, in MiB. */
async function renderersPeak(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? '0');
  return Math.round(Math.max(...peaks.map((kib) => Number.parseInt(kib, 10))) / 1024);
}
