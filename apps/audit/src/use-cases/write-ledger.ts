import { bytesEqual, fromUtf8, invariant, isDomainError, toBase64 } from '#kernel';
import { formatCheckpoint, formatNote, openCheckpoint, parseCheckpoint, parseNote } from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import type { AuditPorts } from './audit-ports.js';
import { ledgerKey } from './ledger-files.js';
import { signerAt } from './ledger-keys.js';
import type { LedgerHead, SequenceEnd } from './ledger.port.js';
import { frontierOfTiles, sequenceActs } from './sequence-acts.js';
import { storeEntries } from './store-entries.js';
import { publishedCheckpoint } from './witnesses/witnessing.js';

/**
 * Takes every step for the acts that wait, one batch: places, files, head, checkpoint. Returns how many acts were
 * entered; undefined while another process has the turn to write.
 */
export async function enterBatch(ports: AuditPorts): Promise<number | undefined> {
  const end = await ports.rows.takeTurn(ports.writer);
  if (!end) return undefined;
  const sequenced = await sequenceActs(ports, end);
  if (!sequenced) return undefined;
  await coverSequenced(ports, sequenced.end);
  return sequenced.count;
}

/**
 * Brings the head up to the sequence's end: files durably and read back, then the signature, then compare-and-swap of
 * the head, then the checkpoint for all to see. Running it again after a kill at any point, or in two processes at
 * once, gives the same files and heads.
 */
export async function coverSequenced(ports: AuditPorts, { size: end }: SequenceEnd): Promise<void> {
  const { rows } = ports;
  let head = await rows.head();
  while (!head || head.size < end) {
    const from = await frontierOfTiles(ports, head);
    const frontier = from.size < end ? await storeEntries(ports, from, end) : from;
    const root = frontier.root(sha256);
    const checkpoint = await signHead(ports, frontier.size, root);
    const next = { size: frontier.size, root: toBase64(root), checkpoint, frontier };
    // Another writer that was first has the same entries at the same places; go on from its head.
    await rows.moveHead(head?.size, next);
    head = await rows.head();
    await publishCheckpoint(ports);
  }
}

/**
 * Shows the committed head with the cosignatures that it has, and again if it moved meanwhile: a slow writer must not
 * leave an older one standing. After a restart the shown one may be behind it.
 */
export async function publishCheckpoint({ rows, store, witnessing }: AuditPorts): Promise<void> {
  const show = async (): Promise<LedgerHead | undefined> => {
    let shown: LedgerHead | undefined;
    for (let head = await rows.head(); head && head.size > (shown?.size ?? -1); head = await rows.head()) {
      await store.overwrite(ledgerKey('checkpoint'), await publishedCheckpoint(head, witnessing));
      shown = head;
    }
    return shown;
  };
  await (witnessing ? witnessing.publish(show) : show());
}

/** Shows the head where the store shows another checkpoint, or none; cosignatures stand below what the ledger signed. */
export async function republishCheckpoint(ports: AuditPorts): Promise<void> {
  const [head, shown] = [await ports.rows.head(), await readPublished(ports)];
  if (head && !shown?.startsWith(head.checkpoint)) await publishCheckpoint(ports);
}

/**
 * Refuses to go on where more was published than the rows know, or something else: then the database is older than the
 * store, and signing on would make a second history. Throws InvariantError.
 */
export async function requireNothingNewerPublished(ports: AuditPorts): Promise<void> {
  const published = await readPublished(ports);
  if (published === undefined) return;
  const { size, root } = parseCheckpoint(parseNote(published).text);
  const head = await ports.rows.head();
  invariant(
    head && head.size >= size,
    `a checkpoint of ${size} entries was published and the database knows ${head?.size ?? 0}: it is an older state`,
  );
  invariant(
    head.size > size || toBase64(root) === head.root,
    `another checkpoint of ${size} entries was published than the database knows`,
  );
}

/** Text of the checkpoint that the store shows; undefined before the first. */
export async function readPublished({ store }: AuditPorts): Promise<string | undefined> {
  try {
    return fromUtf8(await store.read(ledgerKey('checkpoint')));
  } catch (error) {
    if (isDomainError(error) && error.code === 'object.not-found') return undefined;
    throw error;
  }
}

async function signHead(ports: AuditPorts, size: number, root: Uint8Array): Promise<string> {
  const signer = await signerAt(ports, size);
  const text = formatCheckpoint({ origin: signer.name, size, root });
  const checkpoint = formatNote({ text, signatures: [await signer.sign(text)] });
  const opened = openCheckpoint(checkpoint, [signer.verifier]);
  invariant(opened.size === size && bytesEqual(opened.root, root), 'the signer signed this checkpoint');
  return checkpoint;
}
