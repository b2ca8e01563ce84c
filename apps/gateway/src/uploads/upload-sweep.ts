import type { Sweep } from '#service';
import type { ObjectStore } from '#storage';
import type { UploadRows } from './upload-rows.js';

const SWEEP_EVERY_MS = 60_000;
const UPLOADS_AT_ONCE = 20;

/** Every minute, what uploads that are over have left is removed. */
export const uploadSweep = (rows: UploadRows, store: ObjectStore): Sweep => ({
  name: 'remove-old-uploads',
  everyMs: SWEEP_EVERY_MS,
  work: (_call, signal) => removeOldUploads(rows, store, signal),
});

/**
 * Removes what uploads that are over have left: first their pieces, then their rows. Only names that the rows know are
 * touched; the whole body under the vault's key is the vault's. Several at once do no harm.
 */
export async function removeOldUploads(
  rows: UploadRows,
  store: ObjectStore,
  signal?: AbortSignal,
): Promise<void> {
  for (;;) {
    const ids = await rows.longOver(UPLOADS_AT_ONCE);
    for (const id of ids) {
      if (signal?.aborted) return;
      for (const key of await rows.keys(id)) await store.remove(key);
      await rows.forget(id);
    }
    if (ids.length < UPLOADS_AT_ONCE) return;
  }
}
