import { fromUtf8 } from '#kernel';
import {
  checkReveal,
  decodeEntry,
  isSealedEntry,
  type Reveal,
  verifierFromKey,
  verifyProofFile,
} from '#ledger';
import type { BundleCheck } from './bundle-check.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';
import type { VerifiedLedgerFolder } from './verify-ledger-folder.js';

export interface ReceivedManifest {
  readonly envelopeId: string | null;
  readonly sha256: string;
  readonly age: { readonly sha256: string; readonly size: number } | null;
}

export interface VerifiedReceipts {
  /** Manifests of every bid that was received, by their digest. */
  readonly manifests: ReadonlyMap<string, ReceivedManifest>;
  readonly check: BundleCheck;
}

const BID_ACT = /^bid-(?:submitted|withdrawn)$/;

/** Each receipt: the entry is in the ledger, it commits to the event, and the ledger itself revealed the same. */
export async function verifyReceipts(
  folder: BundleFolder,
  ledger: VerifiedLedgerFolder,
): Promise<VerifiedReceipts> {
  const names = (await folder.list()).filter((path) => /^receipts\/\d+\.entry$/.test(path));
  const verifiers = [verifierFromKey(ledger.verifierKey)];
  const opened = new Set(ledger.reveals.map(({ sealed }) => sealed));
  const manifests = new Map<string, ReceivedManifest>();
  for (const name of names) {
    const base = name.slice(0, -'.entry'.length);
    const entry = await folder.read(name);
    const reveal = await inFile(`${base}.reveal`, async () => {
      const read = JSON.parse(fromUtf8(await folder.read(`${base}.reveal`))) as Reveal;
      checkReveal(read);
      return read;
    });
    await inFile(`${base}.tlog-proof`, async () =>
      verifyProofFile(entry, fromUtf8(await folder.read(`${base}.tlog-proof`)), verifiers),
    );
    const decoded = await inFile(name, () => decodeEntry(entry));
    if (!isSealedEntry(decoded) || decoded.sealed !== reveal.sealed) {
      throw new BundleFault(name, 'is not the commitment that the reveal opens');
    }
    if (!opened.has(reveal.sealed)) throw new BundleFault(`${base}.reveal`, 'was not revealed in the ledger');
    const data = reveal.event['data'] as { readonly manifests?: readonly ReceivedManifest[] };
    for (const manifest of data.manifests ?? []) manifests.set(manifest.sha256, manifest);
  }
  const bids = ledger.reveals.filter(
    ({ event }) => event['tender'] === ledger.tenderId && BID_ACT.test(String(event['type'])),
  );
  if (bids.length > names.length) {
    throw new BundleFault(
      'receipts',
      `${bids.length} bids were received, but there are ${names.length} receipts`,
    );
  }
  const line = `${names.length} receipts prove that their bids were entered`;
  return {
    manifests,
    check: { step: 'receipts', outcome: 'proven', facts: { receipts: names.length }, line },
  };
}
