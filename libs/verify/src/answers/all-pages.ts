export interface Page {
  readonly page: number;
  readonly pages: number;
}

/** All pages of an answer that is too long for one message, in their order. */
export async function allPages<T extends Page>(ask: (page: number) => Promise<T>): Promise<[T, ...T[]]> {
  const first = await ask(1);
  const all: [T, ...T[]] = [first];
  for (let page = 2; page <= first.pages; page++) all.push(await ask(page));
  return all;
}
