import { fromUtf8, toHex } from '#kernel';
import { isSealedEntry, type OpenEntry } from '#ledger';
import { tenderDigest, type TenderDescriptor } from '#sealing';
import { asFault } from '../ledger/ledger-fault.js';
import { verifyLedger } from '../ledger/verify-ledger.js';
import type { PlatformReader } from '../platform-reader.js';
import type { BundleCheck } from './bundle-check.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleVerification } from './verify-bundle.js';

/** With no checkpoint that was kept nothing can be back-dated. */
const ANY_TIME_MS = Number.MAX_SAFE_INTEGER;

/**
 * What can be checked of a tender that goes on: the ledger as far as it is signed, and that the terms which the platform
 * shows are those that were entered at publication. Throws a BundleFault or LedgerFault.
 */
export async function verifyRunning(
  reader: PlatformReader,
  tenderId: string,
  { onStep, onCheck }: BundleVerification = {},
): Promise<BundleCheck[]> {
  onStep?.('ledger');
  const { tid, descriptor } = await reader.query('getDescriptor', { tenderId });
  const key = String(descriptor['ledgerKey']);
  const { report, log } = await verifyLedger({
    place: '/ledger/',
    readFile: (path) => reader.readLedgerFile(path),
    ledgerKey: { key, isGiven: false },
    note: await asFault('checkpoint', async () => fromUtf8(await reader.readLedgerFile('checkpoint'))),
    enteredWithinMs: ANY_TIME_MS,
    ...(reader.sha256 ? { sha256: reader.sha256 } : {}),
  });
  const { size, revealed } = report;
  const line = `ledger of ${size} entries leads to its signed root; ${revealed} commitments opened`;
  const ledger: BundleCheck = {
    step: 'ledger',
    outcome: 'signed',
    facts: { entries: size, reveals: revealed },
    line,
  };
  onCheck?.(ledger);
  onStep?.('publications');
  await inFile('tender.json', () =>
    requireEntered(
      log.entries.map(({ entry }) => entry).filter((entry): entry is OpenEntry => !isSealedEntry(entry)),
      { tid, tenderId, descriptor: descriptor as unknown as TenderDescriptor },
    ),
  );
  const publications: BundleCheck = {
    step: 'publications',
    outcome: 'running',
    facts: { tid },
    line: `the terms have the digest ${tid}, which was entered at publication`,
  };
  onCheck?.(publications);
  return [ledger, publications];
}

function requireEntered(
  entries: readonly OpenEntry[],
  shown: { readonly tid: string; readonly tenderId: string; readonly descriptor: TenderDescriptor },
): void {
  const { tid, tenderId, descriptor } = shown;
  if (toHex(tenderDigest(descriptor)) !== tid || descriptor.tenderId !== tenderId) {
    throw new BundleFault(
      'tender.json',
      'the descriptor does not have the digest that the tender is known by',
    );
  }
  const published = entries.filter(
    ({ type, tender }) => type === 'tendering.tender-published' && tender === tenderId,
  );
  if (published.length !== 1 || published[0]!.data['tid'] !== tid) {
    throw new BundleFault('tender.json', 'differs from what the ledger says was published');
  }
}
