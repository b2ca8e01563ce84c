import { createHash, randomInt } from 'node:crypto';
import { bytesEqual, toBase64, toHex, utf8 } from '#kernel';
import { encodeEntry, filesForAppend, leafHash, signCheckpoint, TileReader } from '#ledger';
import { readClock, transact, type Tx } from '#database';
import { systemCall } from '#service';
import { contiguous } from '../domain/contiguous.js';
import { ledgerEntry, shuffled } from '../domain/ledger-entry.js';
import { type EnteredAct, type LedgerHead, LedgerTable } from '../persistence/ledger-table.js';
import type { AuditPorts } from './audit-ports.js';

const PREFIX = 'ledger/';

/** Node's one-shot hash, several times faster than a portable one. */
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/**
 * Enters one batch of waiting acts: tiles durably into the store, read back and re-hashed, then head and index in one
 * transaction, then the checkpoint for all to see. Running it again after a kill at any point is harmless: what was
 * not committed is written anew under the same names. Returns how many acts were entered.
 */
export async function enterBatch(ports: AuditPorts): Promise<number> {
  const { database, store, log } = ports;
  const entered = await transact(database, systemCall('enter-batch'), async (tx) => {
    const table = new LedgerTable(tx);
    const head = await table.lockHead();
    const waiting = await table.waiting();
    const ready = contiguous(waiting, await table.producerHeads());
    if (waiting.length > 0 && ready.length === 0)
      log.warn({ waiting: waiting.length }, 'acts wait for a gap to be filled');
    if (ready.length === 0 && head) return { count: 0, checkpoint: null };
    const next = await append(ports, tx, table, head?.size ?? 0, ready);
    await table.moveHead(head?.size ?? 0, next);
    return { count: ready.length, checkpoint: next.checkpoint };
  });
  if (entered.checkpoint !== null) await store.overwrite(`${PREFIX}checkpoint`, utf8(entered.checkpoint));
  return entered.count;
}

/** After a restart the published checkpoint may be one behind the committed head. */
export async function publishCheckpoint({ database, store }: AuditPorts): Promise<void> {
  const [row] = await database.dataSource.query<{ checkpoint: string }[]>(
    'SELECT checkpoint FROM ledger_head',
  );
  if (row) await store.overwrite(`${PREFIX}checkpoint`, utf8(row.checkpoint));
}

async function append(
  { store, signer, regionCode }: AuditPorts,
  tx: Tx,
  table: LedgerTable,
  size: number,
  ready: Awaited<ReturnType<LedgerTable['waiting']>>,
): Promise<LedgerHead> {
  const { factor } = await readClock((sql) => tx.query(sql));
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
  const acts: EnteredAct[] = entries.map((entry, i) => ({
    index: size + i,
    leafSha256: toHex(leafHash(bytes[i]!, sha256)),
    entry,
  }));
  if (acts.length > 0) await table.addEntries(acts);
  await table.removeWaiting(ready);
  const checkpoint = signCheckpoint({ origin: signer.name, size: newSize, root }, signer);
  return { size: newSize, root: toBase64(root), checkpoint };
}
