import { addMs, isBefore, isDomainError } from '#kernel';
import { FINAL_BIDS_PART_MAX, type TenderDescriptor } from '#sealing';
import { mailboxOf } from '../receipt/mailbox-act.js';
import type { BundleCheck } from './bundle-check.js';
import { requireEnded } from './bundle-ending.js';
import { BundleFault } from './bundle-fault.js';
import type { BundleTender } from './bundle-tender.js';
import { requireEntered, type VerifiedLedgerFolder } from './verify-ledger-folder.js';

const FILE = 'opening/record.json';
const MINUTE_MS = 60_000;
const RECEIVED = new Set(['bid-submitted', 'bid-withdrawn']);

interface Act {
  readonly type: string;
  readonly data: {
    readonly organisationId: string;
    readonly seq: number;
    readonly receivedAt?: string;
    readonly acceptedAt?: string;
    readonly manifests?: readonly { readonly sha256: string }[];
    readonly mailbox?: unknown;
  };
}

/**
 * The list that was fixed when bids closed is the one that the revealed acts give: of each bidder the last accepted
 * version, unless it was taken back; every one committed to before the deadline. So no bid was dropped or slipped in.
 */
export function verifyClose(
  tender: BundleTender,
  { entries, entered, reveals }: VerifiedLedgerFolder,
): BundleCheck {
  const descriptor = tender.descriptor as unknown as TenderDescriptor;
  const acts = reveals
    .filter(({ event }) => event['tender'] === tender.notice.tenderId)
    .map(({ event }) => event as unknown as Act);
  const viaMailbox = actsOfMailbox(acts, descriptor);
  for (const act of acts) requireInTime(act, descriptor, viaMailbox);
  // Cancelled before the deadline: there never was a list, and nothing may be opened.
  if (!entered && requireEnded(entries).ending === 'cancelled') {
    const line = `the tender was cancelled before a list of bids was fixed; ${acts.length} acts came in time`;
    return { step: 'close', outcome: 'cancelled', facts: { acts: acts.length }, line };
  }
  const { close, manifests } = requireEntered(entered);
  const final = finalActs(acts);
  requireSameList(manifests, final.flatMap(manifestsOf).sort());
  if (final.length !== close.count) {
    throw new BundleFault(FILE, `${final.length} bids were final, but the record counts ${close.count}`);
  }
  const line = `the list of ${close.count} final bids follows from every act that was received`;
  return { step: 'close', outcome: 'listed', facts: { bids: close.count }, line };
}

/** Names the first digest that is in one list only, and the part in which it stands or should. */
function requireSameList(listed: readonly string[], expected: readonly string[]): void {
  const at = expected.findIndex((digest, place) => digest !== listed[place]);
  const place = at >= 0 ? at : expected.length;
  if (at < 0 && listed.length === expected.length) return;
  const part = Math.floor(place / FINAL_BIDS_PART_MAX) + 1;
  const [here, there] = [listed[place], expected[place]];
  const isMissing = there !== undefined && (here === undefined || there < here);
  const what = isMissing ? `${there} is missing` : `${here} was never a final bid’s`;
  const message = `the list when bids closed is not the one that the receipts give: in part ${part}, ${what}`;
  throw new BundleFault(FILE, message);
}

/** Acts that the tender's mailbox had before the deadline, which each of them proves. */
function actsOfMailbox(acts: readonly Act[], descriptor: TenderDescriptor): ReadonlySet<string> {
  try {
    return new Set(
      acts.filter(({ type, data }) => RECEIVED.has(type) && mailboxOf(data, descriptor) !== null).map(keyOf),
    );
  } catch (error) {
    if (!isDomainError(error)) throw error;
    throw new BundleFault(FILE, `an act from a mailbox: ${error.message}`);
  }
}

const keyOf = ({ data }: Act): string => `${data.organisationId} ${data.seq}`;

function requireInTime(
  act: Act,
  { deadlineAt, rules }: TenderDescriptor,
  viaMailbox: ReadonlySet<string>,
): void {
  const { type, data } = act;
  const isOfMailbox = viaMailbox.has(keyOf(act));
  const minutes = [rules['bodyGraceMinutes'], isOfMailbox ? rules['mailboxGraceMinutes'] : 0];
  const grace = Math.max(...minutes.map((each) => Number(each ?? 0))) * MINUTE_MS;
  const isLate =
    (type === 'bid-submitted' || type === 'bid-withdrawn'
      ? !isOfMailbox && !isBefore(data.receivedAt!, deadlineAt)
      : false) || (type === 'bid-accepted' ? !isBefore(data.acceptedAt!, addMs(deadlineAt, grace)) : false);
  if (isLate) throw new BundleFault(FILE, `${type} ${data.seq} of ${data.organisationId} came too late`);
}

const manifestsOf = ({ data }: Act): string[] => data.manifests!.map(({ sha256 }) => sha256);

function finalActs(acts: readonly Act[]): Act[] {
  const ofType = (type: string): Act[] => acts.filter((act) => act.type === type);
  const accepted = new Set(ofType('bid-accepted').map(keyOf));
  const effective = [
    ...ofType('bid-submitted').filter((act) => accepted.has(keyOf(act))),
    ...ofType('bid-withdrawn'),
  ];
  const last = new Map<string, Act>();
  for (const act of effective) {
    const known = last.get(act.data.organisationId);
    if (!known || known.data.seq < act.data.seq) last.set(act.data.organisationId, act);
  }
  return [...last.values()].filter(({ type }) => type === 'bid-submitted');
}
