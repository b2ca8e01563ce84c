import type { Page } from 'playwright-core';

const TABS_MAX = 80;

/** Goes on with Tab until the focus is where it should be, as somebody without a mouse does. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < TABS_MAX; i++) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      // Between the last element and the first the focus is nowhere, and the body has every text.
      if (element === document.body) return '';
      return `${element?.labels?.[0]?.textContent ?? ''} ${element?.textContent ?? ''}`;
    });
    if (text.includes(name)) return;
  }
  throw new Error(`no number of tabs leads to ${name}`);
}
