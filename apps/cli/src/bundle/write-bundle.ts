import { getDescriptor } from '#contracts';
import { gatherBundle, tenderEnding } from '#verify';
import type { ApiClient } from '../client/api-client.js';
import { waitUntil } from '../client/wait-until.js';
import { BundleWriter } from './bundle-files.js';

const ENTERED_WITHIN_MS = 60_000;

/**
 * Fetches a finished tender through the public API, without an account, and writes it as a folder that can be
 * checked offline. Returns how many files it has.
 */
export async function writeBundle(api: ApiClient, tenderId: string, folder: string): Promise<number> {
  const { descriptor } = await api.call(getDescriptor, { tenderId });
  await waitUntil('the end of the tender in the ledger', ENTERED_WITHIN_MS, () =>
    tenderEnding(api, tenderId, String(descriptor['ledgerKey'])),
  );
  const bundle = new BundleWriter(folder);
  await bundle.begin();
  await gatherBundle(api, tenderId, bundle);
  return bundle.finish();
}
