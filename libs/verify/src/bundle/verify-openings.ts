import { fromBase64Url, fromUtf8, isDomainError, jcsBytes, toHex } from '#kernel';
import type {
  CloseRecord,
  DataOf,
  EnvelopeId,
  envelopesOpened,
  getOpeningProofs,
  ResponseOf,
  sharesGiven,
} from '#contracts';
import {
  checkManifest,
  combineShares,
  type Manifest,
  manifestDigest,
  openEnvelope,
  type Share,
  type TenderDescriptor,
} from '#sealing';
import { sha256Hex } from '../sha256-hex.js';
import type { BundleCheck } from './bundle-check.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';
import type { BundleTender } from './bundle-tender.js';
import {
  isLeftForWantOfKey,
  type ReleasedKeys,
  readReleasedKeys,
  requireResultForEach,
  verifyRelease,
} from './verify-bidder-keys.js';
import { requireEntered, type VerifiedLedgerFolder } from './verify-ledger-folder.js';
import type { VerifiedReceipts } from './verify-receipts.js';

type Opened = DataOf<typeof envelopesOpened>;
type Given = ResponseOf<typeof getOpeningProofs>['shares'];

interface Opening {
  readonly folder: BundleFolder;
  readonly descriptor: TenderDescriptor;
  readonly close: CloseRecord;
  readonly shares: Given;
  readonly openedBy: Opened['openedBy'];
  readonly keys: ReleasedKeys | null;
}

/**
 * Every opened envelope was committed to before the deadline and listed when bids were closed; its key is the one that
 * the trustees' entered shares make; it opens with it, or provably does not; and nothing was opened that the ledger
 * does not say.
 */
export async function verifyOpenings(
  folder: BundleFolder,
  tender: BundleTender,
  { entries, entered }: VerifiedLedgerFolder,
  { manifests }: VerifiedReceipts,
): Promise<BundleCheck> {
  const descriptor = tender.descriptor as unknown as TenderDescriptor;
  const given = entries
    .filter(({ type }) => type === 'vault.shares-given')
    .map(({ data }) => data as DataOf<typeof sharesGiven>);
  const expected = new Set<string>();
  const sharesOf = new Map<string, Promise<Given>>();
  const keysOf = new Map<EnvelopeId, ReleasedKeys | null>();
  let opened = 0;
  const results = new Set<string>();
  for (const { data } of entries.filter(({ type }) => type === 'vault.envelopes-opened')) {
    const { close, manifests: final } = requireEntered(entered);
    const listed = new Set(final);
    const { envelopeId, openedBy, items } = data as unknown as Opened;
    const file = `opening/${envelopeId}.shares.json`;
    expected.add(file);
    const ofKind = given.filter((one) => one.envelopeId === envelopeId);
    if (!sharesOf.has(file)) sharesOf.set(file, readShares(folder, file, ofKind));
    const shares = await sharesOf.get(file)!;
    if (!keysOf.has(envelopeId)) keysOf.set(envelopeId, readReleasedKeys(entries, descriptor, envelopeId));
    const keys = keysOf.get(envelopeId)!;
    for (const item of items) {
      results.add(item.manifestSha256);
      if (isLeftForWantOfKey(keys, item)) continue;
      const name = `opening/${item.alias}.${envelopeId}`;
      const own = keys === null ? [] : ['release', 'bidder-identity'];
      for (const ending of ['age', 'identity', 'manifest', ...own]) expected.add(`${name}.${ending}`);
      const received = manifests.get(item.manifestSha256);
      if (!listed.has(item.manifestSha256)) {
        throw new BundleFault(`${name}.age`, 'was not in the list when bids closed');
      }
      if (!received || received.envelopeId !== envelopeId || received.age?.sha256 !== item.age.sha256) {
        throw new BundleFault(`${name}.age`, 'is not the envelope that was received before the deadline');
      }
      await verifyOne({ folder, descriptor, close, shares, openedBy, keys }, name, item);
      opened += 1;
    }
  }
  for (const keys of keysOf.values()) requireResultForEach(keys, results);
  const stray = (await folder.list()).find(
    (path) =>
      /^opening\/.*\.(?:age|identity|bidder-identity|release|manifest|shares\.json)$/.test(path) &&
      !expected.has(path),
  );
  if (stray) throw new BundleFault(stray, 'was opened without an entry in the ledger');
  const outcome = opened === 0 ? 'none' : 'opened';
  const line = `${opened} envelopes open, with keys made anew from the shares, to what was sealed before the deadline`;
  return {
    step: 'openings',
    outcome,
    facts: { envelopes: opened },
    line: opened === 0 ? 'no envelope was opened' : line,
  };
}

/** The shares are those whose hashes were entered when the trustees gave them. */
async function readShares(
  folder: BundleFolder,
  file: string,
  entered: readonly DataOf<typeof sharesGiven>[],
): Promise<Given> {
  return inFile(file, async () => {
    const shares = JSON.parse(fromUtf8(await folder.read(file))) as Given;
    const hashes = shares.map((one) => `${one.trusteeIndex} ${sha256Hex(jcsBytes(one.shares))}`);
    const expected = entered.map(({ trusteeIndex, sharesSha256 }) => `${trusteeIndex} ${sharesSha256}`);
    if (hashes.toSorted().join() !== expected.toSorted().join()) {
      throw new BundleFault(file, 'does not hold the shares that were entered');
    }
    return shares;
  });
}

async function verifyOne(
  { folder, descriptor, close, shares, openedBy, keys }: Opening,
  name: string,
  item: Opened['items'][number],
): Promise<void> {
  const manifest = await inFile(`${name}.manifest`, async () => {
    const [, payload] = fromUtf8(await folder.read(`${name}.manifest`)).split('.');
    const read = JSON.parse(fromUtf8(fromBase64Url(payload!))) as Manifest;
    if (toHex(manifestDigest(read)) !== item.manifestSha256) {
      throw new BundleFault(`${name}.manifest`, 'is not the manifest that was opened');
    }
    checkManifest(descriptor, read);
    return read;
  });
  // After a failed quorum the key is the one that the bidder revealed: that it opens the file is all there is to prove.
  const made = await inFile(`${name}.identity`, () =>
    openedBy === 'bidders'
      ? item.identity
      : combineShares({
          descriptor,
          manifest,
          closeEntrySha256: sha256Hex(jcsBytes(close)),
          shares: shares.map((one) => one.shares[item.manifestSha256] as unknown as Share),
        }),
  );
  const identity = fromUtf8(await folder.read(`${name}.identity`));
  if (identity !== `${made}\n` || made !== item.identity) {
    throw new BundleFault(`${name}.identity`, 'is not the key that the trustees’ shares make');
  }
  if (keys !== null) await verifyRelease(folder, name, manifest, item, keys);
  await inFile(`${name}.age`, async () => verifyContent(item, await folder.read(`${name}.age`), made));
}

async function verifyContent(
  item: Opened['items'][number],
  ciphertext: Uint8Array,
  identity: string,
): Promise<void> {
  const outcome = await openEnvelope({
    ciphertext,
    identity,
    bidderIdentity: item.bidderIdentity,
    expected: item.age,
  }).catch((error: unknown) => {
    if (isDomainError(error) && error.code !== 'envelope.altered') return 'unreadable' as const;
    throw error;
  });
  if ((outcome === 'unreadable') !== (item.result === 'unreadable')) {
    throw new Error(
      `the ledger says ${item.result}, but it is ${outcome === 'unreadable' ? outcome : 'opened'}`,
    );
  }
  if (outcome === 'unreadable') return;
  const found = outcome.map(({ name, bytes }) => `${name} ${sha256Hex(bytes)}`);
  const entered = item.parts.map((part) => `${part.name} ${part.sha256}`);
  if (found.join() !== entered.join()) throw new Error('it has other parts than the ledger says');
}
