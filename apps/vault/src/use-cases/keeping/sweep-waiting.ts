import { isDomainError } from '#kernel';
import { LIMITS } from '#contracts';
import type { VaultPorts } from '../vault-ports.js';

/** Keys that are noted in one statement. */
const NOTED_AT_ONCE = 500;

/**
 * Removes bodies that were sent and not accepted within {@link LIMITS.waitingBodyHoursMax}: uploads that were given up
 * at the last step, and those refused at the last moment. What was accepted stays, and so does what is being accepted:
 * its time has just begun anew. A store that retains one is asked again after the same time. Tells how many went.
 */
export async function sweepWaiting(
  { waiting, store }: Pick<VaultPorts, 'waiting' | 'store'>,
  signal?: AbortSignal,
): Promise<number> {
  let keys: string[] = [];
  for await (const { key } of store.list('quarantine/')) {
    keys.push(key);
    if (keys.length < NOTED_AT_ONCE) continue;
    await waiting.note(keys);
    keys = [];
  }
  if (keys.length > 0) await waiting.note(keys);
  let removed = 0;
  const settle: Parameters<typeof waiting.takeOverdue>[1] = async ({ key, isAccepted }) => {
    if (isAccepted && key.startsWith('envelopes/')) return 'done';
    try {
      const isThere = (await store.head(key)) !== undefined;
      await store.remove(key);
      if (isThere) removed += 1;
      return 'done';
    } catch (error) {
      if (isDomainError(error) && error.code === 'object.retained') return 'again';
      throw error;
    }
  };
  const isStopped = (): boolean => signal?.aborted === true;
  while (!isStopped() && (await waiting.takeOverdue(LIMITS.waitingBodyHoursMax, settle)));
  return removed;
}
