import { execFileSync } from 'node:child_process';
import { ensureDebianPackage } from './debian-packages.js';

/**
 * Variables with which a program sees a wall clock that is wrong by so many seconds; timers go on as they are. Answers
 * what is missing where this machine cannot have it.
 */
export async function wrongClock(
  seconds: number,
): Promise<{ readonly environment: Readonly<Record<string, string>> } | { readonly missing: string }> {
  const found = await ensureDebianPackage('faketime', ['faketime']);
  if ('missing' in found) return found;
  const files = execFileSync('dpkg', ['-L', 'libfaketime'], { encoding: 'utf8' }).split('\n');
  const library = files.find((file) => file.endsWith('libfaketimeMT.so.1'));
  if (library === undefined) return { missing: 'libfaketime has no library for threads' };
  const sign = seconds < 0 ? '-' : '+';
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME: `${sign}${Math.abs(seconds)}s`,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_RESET: '1',
    },
  };
}
