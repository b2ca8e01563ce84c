import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const PROGRAM = new URL('../test-support/large-envelope.worker.mjs', import.meta.url).pathname;
const GROWTH_MAX_MB = 150;

/** In a process of its own: the memory of a test process tells nothing. It runs what was built. */
const growthOf = async (engine: string, bytes: number): Promise<number> => {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, engine, String(bytes)]);
  return (JSON.parse(stdout) as { growthMb: number }).growthMb;
};

describe('an envelope of many megabytes', () => {
  it.each([
    ['node', 500_000_000],
    ['typage', 100_000_000],
  ])(
    'is sealed and opened by the engine %s in memory that does not grow with its %i bytes',
    async (engine, bytes) => {
      expect(await growthOf(engine, bytes)).toBeLessThan(GROWTH_MAX_MB);
    },
  );
});
