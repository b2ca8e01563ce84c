import { isBefore, isInstant } from '#kernel';
import {
  checkReveal,
  decodeEntry,
  isSealedEntry,
  parseProofFile,
  type ProvenInclusion,
  type Reveal,
  verifierFromKey,
  verifyProofFile,
} from '#ledger';
import type { ReceiptFile } from '#pki';
import type { TenderDescriptor } from '#sealing';
import { inMember, requireHolds } from './receipt-fault.js';

/** The entry is the commitment to the event, and stands in the ledger of the tender under its signed checkpoint. */
export async function verifyEntry(
  { entry, reveal, proof, summary }: ReceiptFile,
  descriptor: TenderDescriptor,
): Promise<ProvenInclusion> {
  const decoded = await inMember('entry', () => decodeEntry(entry));
  requireHolds(isSealedEntry(decoded), 'entry', 'It is no commitment.');
  requireHolds(decoded.sealed === reveal.sealed, 'entry', 'It is another commitment than the one revealed.');
  await inMember('entry.reveal.json', () => checkReveal(reveal as Reveal));
  const { at } = reveal.event;
  const isInOrder = typeof at === 'string' && isInstant(at) && !isBefore(summary.receivedAt, at);
  requireHolds(isInOrder, 'entry.reveal.json', 'The act begins after the bid was received.');

  const member = 'entry.tlog-proof';
  const verifiers = [await inMember('ledger.vkey', () => verifierFromKey(descriptor.ledgerKey))];
  const proven = await inMember(member, () => verifyProofFile(entry, proof, verifiers));
  requireHolds(
    parseProofFile(proof).extra === undefined,
    member,
    'It holds data that nothing authenticates.',
  );
  requireHolds(
    proven.checkpoint.origin === descriptor.ledgerOrigin,
    member,
    'It is of another ledger than the tender names.',
  );
  return proven;
}
