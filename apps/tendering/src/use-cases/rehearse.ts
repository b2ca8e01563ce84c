import { DomainError, toBase64, utf8 } from '#kernel';
import {
  type beginRehearsal,
  type getRehearsal,
  getLedgerIdentity,
  type RequestOf,
  type ResponseOf,
  type submitRehearsalShare,
} from '#contracts';
import { sealEnvelope, type Share } from '#sealing';
import type { Call } from '#service';
import {
  giveRehearsalShare,
  isCurrent,
  type Rehearsal,
  REHEARSAL_PART,
  rehearsalDescriptor,
  rehearsalDigest,
  tryToOpen,
} from '../domain/rehearsal.js';
import { requireStage } from '../domain/stages.js';
import type { Tender } from '../domain/tender.js';
import { requireOwner, requireVisible } from './tender-view.js';
import type { TenderingPorts } from './tendering-ports.js';

type View = ResponseOf<typeof getRehearsal>;

const GREETING = 'This envelope was sealed to rehearse its opening. It holds no bid.\n';

/** Seals a dummy to the committee as it is now. To begin again drops the shares that were given. */
export async function beginRehearsing(
  { tenders, requests, random }: TenderingPorts,
  { tenderId }: RequestOf<typeof beginRehearsal>,
  call: Call,
): Promise<View> {
  const ledger = await requests.ask(getLedgerIdentity, {});
  return tenders.transact(call, async (tx) => {
    const tender = requireOwner(await tx.load(tenderId), call.actor);
    requireStage(tender, 'draft');
    const descriptor = rehearsalDescriptor(tender, ledger);
    const { manifest, ciphertext } = await sealEnvelope({
      descriptor,
      bidderCertSha256: '0'.repeat(64),
      seq: 1,
      previousManifestSha256: null,
      envelopeId: descriptor.envelopes[0]!,
      parts: [{ name: REHEARSAL_PART, mediaType: 'text/plain', bytes: utf8(GREETING) }],
      clientTime: tx.now,
      random,
    });
    const rehearsal: Rehearsal = {
      descriptor,
      manifest,
      envelope: toBase64(ciphertext),
      shares: {},
      isOpened: false,
    };
    await tx.saveRehearsal(tenderId, rehearsal);
    await tx.tell(tenderId, {
      type: 'rehearsal-begun',
      data: { manifestSha256: rehearsalDigest(rehearsal) },
    });
    return viewOf(rehearsal, tender);
  });
}

/** One trustee's share; with the quorum's last the dummy opens, and the committee has shown that it can open. */
export async function takeRehearsalShare(
  { tenders }: TenderingPorts,
  { tenderId, share }: RequestOf<typeof submitRehearsalShare>,
  call: Call,
): Promise<View> {
  return tenders.transact(call, async (tx) => {
    const tender = requireVisible(await tx.load(tenderId), call.actor, tenderId);
    requireStage(tender, 'draft');
    const before = requireRehearsal(await tx.rehearsal(tenderId), tender);
    const personId = call.actor!.personId;
    const given = giveRehearsalShare(before, tender, personId, share as unknown as Share);
    const after = await tryToOpen(given);
    await tx.saveRehearsal(tenderId, after);
    const present = Object.keys(after.shares).length;
    await tx.tell(tenderId, {
      type: 'trustee-rehearsed',
      data: { personId, manifestSha256: rehearsalDigest(after), present, isOpened: after.isOpened },
    });
    return viewOf(after, tender);
  });
}

export async function readRehearsal(
  { tenders }: TenderingPorts,
  { tenderId }: RequestOf<typeof getRehearsal>,
  call: Call,
): Promise<View> {
  const tender = requireVisible(await tenders.find(tenderId), call.actor, tenderId);
  const isSeated = tender.committee.some(({ personId }) => personId === call.actor?.personId);
  if (!isSeated) requireOwner(tender, call.actor);
  return viewOf(requireRehearsal(await tenders.rehearsal(tenderId), tender), tender);
}

function requireRehearsal(rehearsal: Rehearsal | undefined, tender: Tender): Rehearsal {
  if (rehearsal && isCurrent(rehearsal, tender)) return rehearsal;
  throw new DomainError(
    'rehearsal.unknown',
    'No rehearsal was begun with the committee as it is now; the buyer begins it.',
  );
}

function viewOf({ descriptor, manifest, envelope, shares, isOpened }: Rehearsal, tender: Tender): View {
  return {
    descriptor: { ...descriptor },
    manifest: { ...manifest },
    envelope,
    isOpened,
    trustees: tender.committee.map(({ personId }, at) => ({
      i: at + 1,
      personId,
      hasOpened: String(at + 1) in shares,
    })),
  };
}
