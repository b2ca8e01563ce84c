import { DomainError, toBase64, utf8 } from '#kernel';
import { type getReceipt, proveEntry, type RequestOf, type ResponseOf } from '#contracts';
import { receiptFileName, readReceiptFile, writeReceiptFile } from '#pki';
import type { Call } from '#service';
import { organisationOf } from './participate.js';
import { needsTimestamp } from '../stamping/enter-missing-stamps.js';
import type { VaultPorts } from '../vault-ports.js';

/**
 * Everything that proves an act of the caller, in one file that can be checked without this platform. The same act
 * gives a file with another checkpoint as the ledger grows, and with the time stamp once there is one. Throws
 * `entry.unknown` until the entry is in a checkpoint.
 */
export async function readReceipt(
  { vault, stamps, requests, signer, authorityPem }: VaultPorts,
  { tenderId, seq }: RequestOf<typeof getReceipt>,
  call: Call,
): Promise<ResponseOf<typeof getReceipt>> {
  const tender = await vault.tender(tenderId);
  const { descriptor } = tender;
  const organisationId = organisationOf(call);
  const acts = await vault.progressOf(tenderId, organisationId);
  const act = acts.find((one) => one.act.seq === seq)?.act;
  if (!act) throw new DomainError('bid.unknown', `There is no version ${seq} of a bid of yours.`);
  const { manifests, promise, reveal } = act;
  const { proof, entry } = await requests.ask(proveEntry, { leafSha256: reveal.sealed });
  const stamping = await stamps.find({ tenderId, organisationId, seq });
  const stamp = stamping?.stamp ?? null;
  const file = writeReceiptFile({
    descriptor,
    manifests: manifests.map(({ jws }) => jws),
    promise,
    entry: utf8(entry),
    reveal,
    proof,
    authorityPem,
    platformPem: signer.certificatePem,
    ...(stamp && { timestamp: { token: stamp.token, authorityPem: stamp.authorityPem } }),
  });
  return {
    fileName: receiptFileName(readReceiptFile(file).summary),
    file: toBase64(file),
    timestamp: stamp ? 'stamped' : stamping ? 'awaited' : 'none',
    isComplete: stamp !== null || !needsTimestamp(tender),
  };
}
