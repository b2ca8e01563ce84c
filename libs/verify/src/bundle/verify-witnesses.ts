import { addMs, fromUtf8, instantToMs } from '#kernel';
import {
  type CheckedReveal,
  findCutOff,
  type NoteVerifier,
  openWitnessed,
  parseWitnessPolicy,
  type VerifiedLog,
  verifiersWith,
  verifierFromKey,
  type WitnessedCheckpoint,
} from '#ledger';
import type { TenderDescriptor } from '#sealing';
import { witnessPolicyOf } from '../ledger/witnessed-ledger.js';
import type { BundleCheck } from './bundle-check.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';

/** Text of the policy that the tender names, the newest checkpoint with its quorum, and the first after the deadline. */
export const POLICY = 'ledger/witness-policy';
export const WITNESSED = 'ledger/witnessed';
export const CUT_OFF = 'ledger/cut-off';
const BID_ACT = /^bid-(?:submitted|withdrawn)$/;

export interface BundleWitnesses {
  readonly witnessed: WitnessedCheckpoint;
  /** Undefined in a bundle of a demonstration, whose clock is not that of witnesses. */
  readonly cutOff: WitnessedCheckpoint | undefined;
  /** Signed checkpoints that the ledger must continue. */
  readonly notes: readonly string[];
  readonly verifiers: readonly NoteVerifier[];
}

/** From when on an entry is late by witnesses' time. */
export const cutOffAt = ({ deadlineAt, rules }: TenderDescriptor): string =>
  addMs(deadlineAt, Number(rules['witnessCutOffSeconds'] ?? 0) * 1000);

/** The witnesses' part of a bundle, each checkpoint with its quorum; undefined where the tender names no witnesses. */
export async function readWitnesses(
  folder: BundleFolder,
  descriptor: TenderDescriptor,
): Promise<BundleWitnesses | undefined> {
  const sha256 = witnessPolicyOf(descriptor);
  if (sha256 === undefined) return undefined;
  const logVerifiers = [verifierFromKey(descriptor.ledgerKey)];
  const text = await inFile(POLICY, async () => fromUtf8(await folder.read(POLICY)));
  const open = (file: string, note: string): Promise<WitnessedCheckpoint> =>
    inFile(file, () => openWitnessed(note, { text, sha256, logVerifiers }));
  const note = await inFile(WITNESSED, async () => fromUtf8(await folder.read(WITNESSED)));
  const witnessed = await open(WITNESSED, note);
  const last = await folder.read(CUT_OFF).then(fromUtf8, () => undefined);
  return {
    witnessed,
    cutOff: last === undefined ? undefined : await open(CUT_OFF, last),
    notes: last === undefined ? [note] : [note, last],
    verifiers: verifiersWith(parseWitnessPolicy(text), logVerifiers),
  };
}

/**
 * The close record stands under a checkpoint with the quorum, and every bid of the tender stood in the ledger at the
 * cut-off: whatever a server's clock says, an entry at or above its size is late.
 */
export function verifyWitnesses(
  { witnessed, cutOff }: BundleWitnesses,
  { entries }: VerifiedLog,
  reveals: readonly CheckedReveal[],
  { tenderId, descriptor }: { readonly tenderId: string; readonly descriptor: TenderDescriptor },
): Pick<BundleCheck, 'outcome' | 'facts' | 'line'> {
  const close = entries.find(
    ({ entry }) => 'type' in entry && entry.type === 'vault.bids-closed' && entry.tender === tenderId,
  );
  if (!close || close.index >= witnessed.size) {
    throw new BundleFault(WITNESSED, 'does not cover the close record of the tender');
  }
  const line = `a quorum of witnesses cosigned the close record, under ${witnessed.size} entries`;
  const facts = { witnessed: witnessed.size };
  if ('clockFactor' in close.entry) {
    const said = `${line}; there is no cut-off under a demonstration clock`;
    return { outcome: 'demonstration', facts, line: said };
  }
  const momentMs = instantToMs(cutOffAt(descriptor));
  const found = findCutOff(cutOff ? [cutOff, witnessed] : [witnessed], momentMs);
  if (!found) throw new BundleFault(CUT_OFF, 'no checkpoint was cosigned at or after the deadline');
  const late = reveals.find(
    ({ index, event }) =>
      event['tender'] === tenderId && BID_ACT.test(String(event['type'])) && index >= found.size,
  );
  if (late) {
    throw new BundleFault(
      CUT_OFF,
      `${String(late.event['type'])} is entry ${late.index}, and the ledger was cut off at ${found.size}: it is late`,
    );
  }
  const seconds = Math.round(found.witnessedAt - momentMs / 1000);
  return {
    outcome: 'witnessed',
    facts: { ...facts, seconds },
    line: `${line}; every bid was in it at the cut-off, seen ${seconds} s after it fell due`,
  };
}
