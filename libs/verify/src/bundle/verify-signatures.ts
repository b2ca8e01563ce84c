import { fromBase64Url, fromUtf8, type Instant, toHex } from '#kernel';
import type { getTechnicalResult, ResponseOf } from '#contracts';
import type { OpenEntry } from '#ledger';
import { verifyChain, verifyJson } from '#pki';
import { type Manifest, manifestDigest } from '#sealing';
import { sha256Hex } from '../sha256-hex.js';
import type { BundleCheck } from './bundle-check.js';
import { hasEntry, requireEnded } from './bundle-ending.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';
import { onlyEntry, type VerifiedLedgerFolder } from './verify-ledger-folder.js';

export const AUTHORITY = 'certificates/authority.pem';
export const PLATFORM = 'certificates/platform.pem';

interface Submitted {
  readonly receivedAt: Instant;
  readonly manifests: readonly { readonly sha256: string; readonly envelopeId: string | null }[];
}

/**
 * Every opened manifest was signed by a bidder and every score sheet by an expert whom the authority certified, at the
 * time of the act. `trusted` is the authority that the reader knows; without it the bundle's own is taken.
 */
export async function verifySignatures(
  folder: BundleFolder,
  { entries, reveals }: VerifiedLedgerFolder,
  trusted?: string,
): Promise<BundleCheck> {
  const own = fromUtf8(await folder.read(AUTHORITY));
  if (trusted !== undefined && trusted.trim() !== own.trim()) {
    throw new BundleFault(AUTHORITY, 'is another authority than the one that you trust');
  }
  await inFile(PLATFORM, async () =>
    verifyChain({
      certificatePem: fromUtf8(await folder.read(PLATFORM)),
      authorityPem: own,
      at: onlyEntry(entries, 'tendering.tender-published').at,
    }),
  );
  const submitted = new Map<string, Submitted>();
  for (const { event } of reveals) {
    if (event['type'] !== 'bid-submitted') continue;
    const bid = event['data'] as unknown as Submitted;
    for (const { sha256 } of bid.manifests) submitted.set(sha256, bid);
  }
  const manifests = (await folder.list()).filter((path) => /^opening\/.*\.manifest$/.test(path));
  for (const path of manifests) await inFile(path, () => verifyManifest(folder, path, own, submitted));
  const releases = (await folder.list()).filter((path) => /^opening\/.*\.release$/.test(path));
  for (const path of releases) await inFile(path, () => verifyRelease(folder, path, own, reveals));
  const isScored =
    hasEntry(entries, 'technical-scoring.scores-locked') || requireEnded(entries).ending === 'awarded';
  const sheets = isScored ? await verifySheets(folder, own, lockedAt(entries)) : 0;
  const anchor = trusted === undefined ? 'the authority that the bundle names' : 'your authority';
  const line = `${manifests.length} manifests and ${sheets} score sheets are signed by holders of certificates of ${anchor}`;
  return {
    step: 'signatures',
    outcome: trusted === undefined ? 'own' : 'given',
    facts: { manifests: manifests.length, sheets },
    line,
  };
}

/** When the scores were locked: parts of one transaction have one time. */
function lockedAt(entries: readonly OpenEntry[]): Instant {
  const locked = entries.find(({ type }) => type === 'technical-scoring.scores-locked');
  if (!locked) throw new BundleFault('ledger/checkpoint', 'has no locked scores of this tender');
  return locked.at;
}

async function verifyManifest(
  folder: BundleFolder,
  path: string,
  authorityPem: string,
  submitted: ReadonlyMap<string, Submitted>,
): Promise<void> {
  const jws = fromUtf8(await folder.read(path)).trim();
  const manifest = JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as Manifest;
  const sha256 = toHex(manifestDigest(manifest));
  const bid = submitted.get(sha256);
  if (!bid) throw new BundleFault(path, 'was opened, but no such bid was received');
  const { certificate } = await verifyJson(jws, {
    authorityPem,
    at: bid.receivedAt,
    typ: 'sunseal-manifest',
  });
  if (manifest.bidderCertSha256 !== certificate.sha256) {
    throw new BundleFault(path, 'names another certificate than it is signed with');
  }
}

/** Signed when the release was entered, as the opened commitment says. */
async function verifyRelease(
  folder: BundleFolder,
  path: string,
  authorityPem: string,
  reveals: VerifiedLedgerFolder['reveals'],
): Promise<void> {
  const jws = fromUtf8(await folder.read(path)).trim();
  const sha256 = sha256Hex(jws);
  const act = reveals.find(
    ({ event }) =>
      event['type'] === 'bidder-key-released' &&
      (event['data'] as Readonly<Record<string, unknown>>)['releaseSha256'] === sha256,
  );
  if (!act) throw new BundleFault(path, 'was released by no act that the ledger shows');
  await verifyJson(jws, { authorityPem, at: String(act.event['at']), typ: 'sunseal-bidder-key' });
}

async function verifySheets(folder: BundleFolder, authorityPem: string, at: Instant): Promise<number> {
  const file = 'evaluation/technical.json';
  return inFile(file, async () => {
    const { signatures } = JSON.parse(fromUtf8(await folder.read(file))) as ResponseOf<
      typeof getTechnicalResult
    >;
    for (const { sheet } of signatures)
      await verifyJson(sheet, { authorityPem, at, typ: 'sunseal-score-sheet' });
    return signatures.length;
  });
}
