import { fromUtf8 } from '#kernel';
import { openEnvelope } from '#sealing';
import type { CloseRecord, DataOf, envelopesOpened } from '#contracts';
import { BundleFault, inFile } from './bundle-fault.js';
import { listFiles, readBundleFile } from './bundle-files.js';
import { onlyEntry, type VerifiedLedgerFolder } from './verify-ledger-folder.js';
import type { VerifiedReceipts } from './verify-receipts.js';

type Opened = DataOf<typeof envelopesOpened>;

/**
 * Every opened envelope is one that was committed to before the deadline and listed when bids were closed, it opens
 * with its published key, and nothing was opened that the ledger does not say.
 */
export async function verifyOpenings(
  folder: string,
  { entries }: VerifiedLedgerFolder,
  { manifests }: VerifiedReceipts,
): Promise<string> {
  const close = onlyEntry(entries, 'vault.bids-closed').data as unknown as CloseRecord;
  const listed = new Set(close.manifests);
  const openings = entries
    .filter(({ type }) => type === 'vault.envelopes-opened')
    .map(({ data }) => data as unknown as Opened);
  const expected = new Set<string>();
  for (const { envelopeId, items } of openings) {
    for (const item of items) {
      const name = `opening/${item.alias}.${envelopeId}`;
      expected.add(`${name}.age`).add(`${name}.identity`);
      const received = manifests.get(item.manifestSha256);
      if (!listed.has(item.manifestSha256))
        throw new BundleFault(`${name}.age`, 'was not in the list when bids closed');
      if (!received || received.envelopeId !== envelopeId || received.age?.sha256 !== item.age.sha256) {
        throw new BundleFault(`${name}.age`, 'is not the envelope that was received before the deadline');
      }
      await verifyOne(folder, name, item);
    }
  }
  const stray = (await listFiles(folder)).find(
    (path) => /^opening\/.*\.(?:age|identity)$/.test(path) && !expected.has(path),
  );
  if (stray) throw new BundleFault(stray, 'was opened without an entry in the ledger');
  return `${expected.size / 2} envelopes open with their published keys to what was sealed before the deadline`;
}

async function verifyOne(folder: string, name: string, item: Opened['items'][number]): Promise<void> {
  const identity = fromUtf8(await readBundleFile(folder, `${name}.identity`)).trim();
  if (identity !== item.identity) throw new BundleFault(`${name}.identity`, 'is not the key in the ledger');
  if (item.result === 'unreadable') return;
  await inFile(`${name}.age`, async () => {
    const ciphertext = await readBundleFile(folder, `${name}.age`);
    const parts = await openEnvelope({ ciphertext, identity, expected: item.age });
    const names = parts.map((part) => part.name).join();
    if (names !== item.parts.map((part) => part.name).join()) {
      throw new BundleFault(`${name}.age`, 'has other parts than the ledger says');
    }
  });
}
