/** One line of `npm run bench`: ours beside a limit, and what their ratio was in each round. */
export interface Figure {
  readonly name: string;
  readonly ours: () => Promise<void> | void;
  readonly limitName: string;
  readonly limit: () => Promise<void> | void;
  /** How many things one call does, for the printed rate. */
  readonly count: number;
  readonly unit: string;
}

const ROUNDS = 7;

async function timed(work: () => Promise<void> | void): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Interleaves both sides, turning the order each round; prints the median of the rounds' ratios with min and max. */
export async function measure({ name, ours, limitName, limit, count, unit }: Figure): Promise<void> {
  await ours();
  await limit();
  const ratios: number[] = [];
  const ourTimes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const isOursFirst = round % 2 === 0;
    const first = await timed(isOursFirst ? ours : limit);
    const second = await timed(isOursFirst ? limit : ours);
    const [our, other] = isOursFirst ? [first, second] : [second, first];
    ratios.push(other / our);
    ourTimes.push(our);
  }
  const rate = (count / median(ourTimes)) * 1_000;
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  process.stdout.write(
    `${name.padEnd(34)} ${rate.toFixed(rate < 100 ? 1 : 0).padStart(9)} ${unit}/s   ${median(ratios).toFixed(2)} of ${limitName} (${spread})\n`,
  );
}
