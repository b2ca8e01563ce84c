import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** A picture for docs/tour.md, made only when it is asked for: `SUNSEAL_TOUR=1 npm test -- --tier story test/portal`. */
export async function showOnTour(page: Page, name: string): Promise<void> {
  if (process.env['SUNSEAL_TOUR'] !== '1') return;
  await page.screenshot({ path: join('docs/tour', `${name}.png`), fullPage: true });
}
