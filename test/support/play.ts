import { gatherCast } from '../../apps/cli/src/demo/cast.js';
import { type Play, type PlayOptions, playTender } from '../../apps/cli/src/demo/play-tender.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import type { TestPlatform } from './platform.js';

/** Fast enough that 20 days of notice pass in six seconds. */
export const CLOCK_FACTOR = 288_000;

export interface StagedPlay {
  readonly noticeRealMs: number;
  readonly patienceMs: number;
  readonly suffix?: string;
  readonly whileSealed?: PlayOptions['whileSealed'];
}

/** Plays the demonstration's tender on a test platform, without a word. */
export async function play(platform: TestPlatform, staged: StagedPlay): Promise<Play> {
  const { noticeRealMs, patienceMs, suffix = '-test', whileSealed } = staged;
  const { address, administrator } = platform.current();
  const { now } = await readTime(new ApiClient({ address, patienceMs }));
  const cast = await gatherCast({ address, administrator, now, patienceMs }, suffix);
  const transcript = new Transcript(1, () => undefined, false);
  return playTender({ cast, transcript, noticeRealMs, ...(whileSealed ? { whileSealed } : {}) });
}
