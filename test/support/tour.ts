import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Of longer pages the tour shows the beginning. */
const HEIGHT_MAX = 1_300;

/** A picture for docs/tour.md, made only when it is asked for: `SUNSEAL_TOUR=1 npm test -- --tier story test/portal`. */
export async function showOnTour(page: Page, name: string): Promise<void> {
  if (process.env['SUNSEAL_TOUR'] !== '1') return;
  const { width, height } = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { width: scrollWidth, height: scrollHeight };
  });
  const clip = { x: 0, y: 0, width, height: Math.min(height, HEIGHT_MAX) };
  await page.screenshot({ path: join('docs/tour', `${name}.png`), fullPage: true, clip });
}
