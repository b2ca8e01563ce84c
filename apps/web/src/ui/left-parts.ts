const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
] as const;

/** The two largest units that are left; rounded down, so that nobody is told of time that is not there. */
export function leftParts(
  leftMs: number,
): { readonly unit: (typeof UNITS)[number][0]; readonly count: number }[] {
  let rest = leftMs;
  const parts = UNITS.map(([unit, ms]) => {
    const count = Math.floor(rest / ms);
    rest -= count * ms;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  return first < 0 ? parts.slice(-1) : parts.slice(first, first + 2);
}
