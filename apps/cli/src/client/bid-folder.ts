import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '#kernel';
import { type PartSource, sealStream, type TenderDescriptor } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import { random } from './random.js';
import { sign, type SigningIdentity } from './identity.js';
import { readKeyFile, writeKeyFile } from './key-file.js';

const RECORD = 'bid.json';
const bidderKeyFile = (folder: string, envelopeId: string): string =>
  join(folder, `${envelopeId}.bidder-key.age`);

/** One sealed envelope of a bid: its signed manifest, and its body as a file. */
export interface SealedFile {
  readonly envelopeId: string;
  /** The signed manifest. */
  readonly jws: string;
  readonly sha256: string;
  readonly size: number;
  /** Name of the age file in the folder. */
  readonly file: string;
}

/** A sealed bid in a folder, ready to be submitted: today, or from another machine. */
export interface BidRecord {
  readonly v: 1;
  readonly tenderId: string;
  readonly seq: number;
  readonly envelopes: readonly SealedFile[];
  /** Key of the mailbox that has effect in the tender, where its descriptor names one. */
  readonly mailboxKey?: string;
}

/** The act that the next one follows. */
export interface Predecessor {
  readonly seq: number;
  /** Digest of the manifest that an envelope's next one has to name. */
  readonly digestOf: (envelopeId: string) => string | null;
}

export interface BidToSeal {
  readonly descriptor: TenderDescriptor;
  readonly identity: SigningIdentity;
  readonly last: Predecessor;
  readonly parts: Readonly<Record<string, readonly PartSource[]>>;
  readonly clientTime: Instant;
  /** Protects keys of the bidder's own, where the tender asks for them. */
  readonly passphrase: string;
  readonly onProgress?: (envelopeId: string, bytes: number) => void;
}

/**
 * Seals every envelope into a new folder: `<envelope>.age`, `<envelope>.rescue` (opens it too; never leaves you), where
 * the tender asks for it `<envelope>.bidder-key.age` (under the passphrase; without it the bid cannot be opened), and
 * `bid.json`, written last. Nothing is held in memory beyond a few chunks.
 */
export async function sealIntoFolder(folder: string, bid: BidToSeal): Promise<BidRecord> {
  const { descriptor, identity, last, parts, clientTime, passphrase, onProgress } = bid;
  await mkdir(folder, { recursive: false, mode: 0o700 });
  const seq = last.seq + 1;
  const envelopes: SealedFile[] = [];
  for (const envelopeId of descriptor.envelopes) {
    const file = `${envelopeId}.age`;
    const handle = await open(join(folder, file), 'wx', 0o600);
    let written = 0;
    try {
      const { manifest, rescueIdentity, bidderIdentity } = await sealStream({
        descriptor,
        bidderCertSha256: identity.certificateSha256,
        seq,
        previousManifestSha256: last.digestOf(envelopeId),
        envelopeId,
        parts: parts[envelopeId] ?? [],
        clientTime,
        random,
        engine: nodeAgeEngine,
        write: async (chunk) => {
          await handle.writeFile(chunk);
          onProgress?.(envelopeId, (written += chunk.length));
        },
      });
      await handle.sync();
      await writeFile(join(folder, `${envelopeId}.rescue`), `${rescueIdentity}\n`, {
        mode: 0o600,
        flag: 'wx',
      });
      if (bidderIdentity !== null) {
        await writeKeyFile(bidderKeyFile(folder, envelopeId), `${bidderIdentity}\n`, passphrase);
      }
      const jws = await sign(identity, manifest, 'sunseal-manifest');
      envelopes.push({ envelopeId, jws, ...manifest.age, file });
    } finally {
      await handle.close();
    }
  }
  const { tenderId, rules } = descriptor;
  const { mailboxKey } = rules;
  const named = typeof mailboxKey === 'string' ? { mailboxKey } : {};
  const record: BidRecord = { v: 1, tenderId, seq, envelopes, ...named };
  await writeFile(join(folder, RECORD), `${JSON.stringify(record, null, 2)}\n`, { flag: 'wx' });
  return record;
}

export async function readBidFolder(folder: string): Promise<BidRecord> {
  const record = JSON.parse(await readFile(join(folder, RECORD), 'utf8')) as BidRecord;
  if (record.v !== 1) throw new Error(`${folder} holds no sealed bid of a version that is known here`);
  return record;
}

/** The key of the bidder's own that an envelope was sealed to. Throws an Error where the passphrase is wrong. */
export const readBidderKey = async (
  folder: string,
  envelopeId: string,
  passphrase: string,
): Promise<string> => (await readKeyFile(bidderKeyFile(folder, envelopeId), passphrase)).trim();
