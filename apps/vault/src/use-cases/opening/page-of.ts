/** The page of that number, from 1; nothing is on a page that does not exist. */
export const pageOf = <T>(pages: readonly (readonly T[])[], page: number): T[] => [
  ...(pages[page - 1] ?? []),
];
