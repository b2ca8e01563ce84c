import { randomInt } from 'node:crypto';
import { bytesEqual, toBase64, toHex } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { encodeEntry, filesForAppend, leafHash, signCheckpoint, TileReader } from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { contiguous } from '../domain/contiguous.js';
import { ledgerEntry, shuffled } from '../domain/ledger-entry.js';
import type { AuditPorts } from './audit-ports.js';
import type { LedgerHead, LedgerTransaction } from './ledger.port.js';
import { publishedCheckpoint } from './witnesses/witnessing.js';

const PREFIX = 'ledger/';

/**
 * Enters one batch of waiting acts: tiles durably into the store, read back and compared, then head and index in one
 * transaction, then the checkpoint for all to see. Running it again after a kill at any point is harmless: what was
 * not committed is written anew under the same names. Returns how many acts were entered.
 */
export async function enterBatch(ports: AuditPorts): Promise<number> {
  const { rows, log } = ports;
  const entered = await rows.transact(async (tx) => {
    const head = await tx.lockHead();
    const waiting = await tx.waiting();
    const ready = contiguous(waiting, await tx.producerHeads());
    if (waiting.length > 0 && ready.length === 0) {
      log.warn({ waiting: waiting.length }, 'acts wait for a gap to be filled');
    }
    if (ready.length === 0 && head) return { count: 0, isNews: false };
    await tx.moveHead(head?.size ?? 0, await append(ports, tx, head?.size ?? 0, ready));
    return { count: ready.length, isNews: true };
  });
  if (entered.isNews) await publishCheckpoint(ports);
  return entered.count;
}

/** Shows the committed head with the cosignatures that it has; after a restart the shown one may be behind it. */
export async function publishCheckpoint({ rows, store, witnessing }: AuditPorts): Promise<void> {
  const show = async (): Promise<LedgerHead | undefined> => {
    const head = await rows.head();
    if (head) await store.overwrite(`${PREFIX}checkpoint`, await publishedCheckpoint(head, witnessing));
    return head;
  };
  await (witnessing ? witnessing.publish(show) : show());
}

async function append(
  { store, signer, regionCode }: AuditPorts,
  tx: LedgerTransaction,
  size: number,
  ready: readonly EventEnvelope[],
): Promise<LedgerHead> {
  const factor = await tx.clockFactor();
  const entries = shuffled(ready, randomInt).map((event) => ledgerEntry(event, regionCode, factor));
  const bytes = entries.map((entry) => encodeEntry(entry));
  const readTile = async (path: string): Promise<Uint8Array | undefined> =>
    (await store.head(PREFIX + path)) ? store.read(PREFIX + path) : undefined;
  for await (const file of filesForAppend({ readTile, oldSize: size, entries: bytes, sha256 })) {
    await store.overwrite(PREFIX + file.path, file.bytes);
  }
  const newSize = size + bytes.length;
  const reader = new TileReader((path) => store.read(PREFIX + path), newSize, sha256);
  const root = await reader.root();
  for (const [i, entry] of bytes.entries()) {
    if (!bytesEqual(await reader.entry(size + i), entry)) {
      throw new Error(`the store gave back another entry ${size + i} than was written`);
    }
  }
  const acts = entries.map((entry, i) => ({
    index: size + i,
    leafSha256: toHex(leafHash(bytes[i]!, sha256)),
    entry,
  }));
  if (acts.length > 0) await tx.addEntries(acts);
  await tx.removeWaiting(ready);
  const checkpoint = signCheckpoint({ origin: signer.name, size: newSize, root }, signer);
  return { size: newSize, root: toBase64(root), checkpoint };
}
