import axe from 'axe-core';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on a page as it stands, one line a rule. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await tool.run({ runOnly });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, RULES);
}

/** As {@link findBarriers} in English and then in Chinese, in which the page stays. */
export async function findBarriersInBoth(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const language of ['en', 'zh-CN']) {
    await page.getByRole('combobox', { name: /Language|语言/ }).selectOption(language);
    found.push(...(await findBarriers(page)));
  }
  return found;
}
