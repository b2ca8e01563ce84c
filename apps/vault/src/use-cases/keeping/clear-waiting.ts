import { contentKey } from '#kernel';
import type { VaultPorts } from '../vault-ports.js';

const WAITING = 'quarantine';

/**
 * Removes whole bodies that wait for nothing: accepted meanwhile, with a kill before they were taken away, or never
 * accepted and not to be any more. One that an act of an open tender still names stays. Returns how many went.
 */
export async function clearWaiting(
  { vault, store }: Pick<VaultPorts, 'vault' | 'store'>,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<number> {
  let removed = 0;
  for await (const { key } of store.list(`${WAITING}/`)) {
    if (signal?.aborted) break;
    const sha256 = key.slice(key.lastIndexOf('/') + 1);
    if (key !== contentKey(WAITING, sha256) || (await vault.isAwaited(sha256))) continue;
    await store.remove(key);
    removed += 1;
  }
  return removed;
}
