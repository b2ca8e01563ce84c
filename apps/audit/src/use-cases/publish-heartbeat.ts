import { instantFromMs, utf8 } from '#kernel';
import { formatNote, heartbeatText, openCheckpoint, openHeartbeat } from '#ledger';
import type { AuditPorts } from './audit-ports.js';
import { ledgerKey } from './ledger-files.js';
import { signerAt } from './ledger-keys.js';
import { readPublished } from './write-ledger.js';

/**
 * Signs that the ledger is there at this time, with the checkpoint that it shows: so those above tell a quiet ledger
 * from a silent one. The time is real, also under a demonstration clock. Nothing is done before the first checkpoint.
 * Throws `checkpoint.signature-invalid` where what is shown is not the ledger's own: that is not signed again.
 */
export async function publishHeartbeat(ports: AuditPorts, nowMs: number): Promise<void> {
  const [head, shown] = [await ports.rows.head(), await readPublished(ports)];
  if (!head || shown === undefined) return;
  const signer = await signerAt(ports, head.size);
  // The head may be ahead of what is shown; a heartbeat must not be.
  const { origin, size, root } = openCheckpoint(shown, [signer.verifier]);
  const text = heartbeatText({ checkpoint: { origin, size, root }, at: instantFromMs(nowMs) });
  const note = formatNote({ text, signatures: [await signer.sign(text)] });
  openHeartbeat(note, [signer.verifier]);
  await ports.store.overwrite(ledgerKey('heartbeat'), utf8(note));
}
