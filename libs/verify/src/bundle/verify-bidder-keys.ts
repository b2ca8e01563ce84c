import { fromBase64Url, fromUtf8, jcs } from '#kernel';
import type { DataOf, EnvelopeId, envelopesOpened } from '#contracts';
import type { OpenEntry } from '#ledger';
import { asksBidderKey, type BidderKeyRelease, checkBidderKeyRelease, type Manifest } from '#sealing';
import { sha256Hex } from '../sha256-hex.js';
import { readKeysClosed } from '../opening/keys-closed.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';

type Item = DataOf<typeof envelopesOpened>['items'][number];

/** By manifest: SHA-256 of the signed release, null where the bidder released no key. */
export type ReleasedKeys = ReadonlyMap<string, string | null>;

const LEDGER = 'ledger/checkpoint';
const RECORD = 'opening/record.json';

/**
 * Whose keys were released for a kind of envelopes, as entered before the first trustee had given its shares; null where
 * the tender asks for none.
 */
export function readReleasedKeys(
  entries: readonly OpenEntry[],
  descriptor: Parameters<typeof asksBidderKey>[0],
  envelopeId: EnvelopeId,
): ReleasedKeys | null {
  if (!asksBidderKey(descriptor)) return null;
  const own = entries.filter(({ data }) => data['envelopeId'] === envelopeId);
  const closed = own.filter(({ type }) => type === 'vault.bidder-keys-closed');
  const keys = readKeys(own, envelopeId);
  const firstShare = own.findIndex(
    ({ type }) => type === 'vault.shares-taken' || type === 'vault.shares-given',
  );
  if (firstShare >= 0 && firstShare < own.indexOf(closed.at(-1)!)) {
    throw new BundleFault(
      LEDGER,
      `has shares of ${envelopeId} envelopes from before bidders’ keys were closed`,
    );
  }
  return new Map(keys.map(({ manifestSha256, releaseSha256 }) => [manifestSha256, releaseSha256]));
}

function readKeys(own: readonly OpenEntry[], envelopeId: EnvelopeId) {
  const fault = new BundleFault(LEDGER, `does not tell once whose ${envelopeId} keys were released`);
  try {
    const keys = readKeysClosed(own);
    if (keys) return keys;
  } catch {
    throw fault;
  }
  throw fault;
}

/** An envelope that stayed sealed because its key was not released; it says so, and nothing else. */
export function isLeftForWantOfKey(keys: ReleasedKeys | null, item: Item): boolean {
  const isMissing = item.code === 'bidder-key.not-released';
  const release = keys?.get(item.manifestSha256);
  if (isMissing !== (release === null) || (keys !== null && release === undefined)) {
    throw new BundleFault(RECORD, `of ${item.alias} is not what the ledger says of its bidder’s key`);
  }
  if (!isMissing) return false;
  const { identity, result, fault, consequence, parts } = item;
  const said = { identity, result, fault, consequence, parts };
  const due = { identity: '', result: 'unreadable', fault: 'bidder', consequence: 'excluded', parts: [] };
  if (jcs(said) !== jcs(due))
    throw new BundleFault(RECORD, `of ${item.alias} says more than that no key came`);
  return true;
}

/** Nobody whose key was released, or was not, is left out of the results. */
export function requireResultForEach(keys: ReleasedKeys | null, results: ReadonlySet<string>): void {
  for (const manifestSha256 of keys?.keys() ?? []) {
    if (!results.has(manifestSha256)) throw new BundleFault(RECORD, `has no result of ${manifestSha256}`);
  }
}

/** The release is the one that was entered, and its key the one that the manifest names. */
export async function verifyRelease(
  folder: BundleFolder,
  name: string,
  manifest: Manifest,
  item: Item,
  keys: ReleasedKeys,
): Promise<void> {
  const file = `${name}.release`;
  await inFile(file, async () => {
    const jws = fromUtf8(await folder.read(file)).trim();
    if (sha256Hex(jws) !== keys.get(item.manifestSha256)) {
      throw new BundleFault(file, 'is not the release that was entered before the trustees gave shares');
    }
    const release = JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as BidderKeyRelease;
    await checkBidderKeyRelease(manifest, release);
    const published = fromUtf8(await folder.read(`${name}.bidder-identity`));
    if (release.identity !== item.bidderIdentity || published !== `${release.identity}\n`) {
      throw new BundleFault(`${name}.bidder-identity`, 'is not the key that the bidder released');
    }
  });
}
