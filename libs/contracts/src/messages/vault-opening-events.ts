import { z } from 'zod';
import { event } from '../contract.js';
import { alias, envelopeId, part } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';

/**
 * The close entry: what trustees compare with the ledger before they give a share. It names the list of final manifests
 * by its hash; the list itself is in entries of its own.
 */
export const closeRecord = z.object({
  tid: sha256Hex,
  closedAt: instant,
  /** Of bids; each has a manifest for each envelope. */
  count: z.number().int().nonnegative(),
  manifestCount: z.number().int().nonnegative(),
  manifestsSha256: sha256Hex,
  ledgerSize: z.number().int().nonnegative(),
});
export type CloseRecord = z.infer<typeof closeRecord>;

/**
 * Where the opening of one kind of envelopes stands. `bidder-keys` is the window before the session, where the procedure
 * asks for keys of bidders' own; `rescue` is the one after the quorum failed.
 */
export const openingStage = z.enum([
  'bidder-keys',
  'waiting',
  'in-session',
  'combining',
  'opened',
  'rescue',
  'opened-by-bidders',
  'failed',
  'halted',
]);
export type OpeningStage = z.infer<typeof openingStage>;

/** Whose fault it is that an envelope did not open. */
export const openingFault = z.enum(['bidder', 'platform', 'unknown']);
export type OpeningFault = z.infer<typeof openingFault>;

/** One envelope that was opened, or provably cannot be. */
export const openedItem = z.object({
  alias,
  manifestSha256: sha256Hex,
  age: z.object({ sha256: sha256Hex, size: z.number().int() }),
  /** Empty where the bidder did not release the own key: nothing of that envelope was opened. */
  identity: z.string(),
  /** What the bidder released, where the tender asks for a key of the bidder's own. */
  bidderIdentity: z.string().optional(),
  result: z.enum(['opened', 'unreadable']),
  /** Null where it opened; else whose fault, and the code of what was found. */
  fault: openingFault.nullable(),
  code: z.string().nullable(),
  /** What the procedure makes of it: an excluded bid counts as none. */
  consequence: z.enum(['admitted', 'excluded', 'halts']),
  parts: z.array(
    z.object({
      name: z.string(),
      mediaType: z.string(),
      sha256: sha256Hex,
      size: z.number().int(),
      key: z.string(),
    }),
  ),
});

const count = z.number().int().nonnegative();
const trusteeIndex = z.number().int().positive();
const openedBy = z.enum(['trustees', 'bidders']);
const isPublic = true;

export const bidsClosed = event('vault', 'bids-closed', {
  summary: 'The list of final manifests was fixed',
  isPublic,
  data: closeRecord,
});
export const bidsListed = event('vault', 'bids-listed', {
  summary: 'The list that the close record names by its hash; all parts in the transaction of the record',
  isPublic,
  data: z.object({ ...part, manifests: z.array(sha256Hex) }),
});
export const bidderKeysAwaited = event('vault', 'bidder-keys-awaited', {
  summary: 'Bidders release keys of their own until then; the committee gives no share before',
  isPublic,
  data: z.object({ envelopeId, of: count, until: instant }),
});
export const bidderKeysClosed = event('vault', 'bidder-keys-closed', {
  summary: 'Which envelopes may be opened, as their bidders released their keys; the others stay sealed',
  isPublic,
  data: z.object({
    envelopeId,
    ...part,
    /** In the order of the manifests' digests; SHA-256 of the signed release, null where there is none. */
    keys: z.array(z.object({ manifestSha256: sha256Hex, releaseSha256: sha256Hex.nullable() })),
  }),
});
export const trusteeAttended = event('vault', 'trustee-attended', {
  summary: 'A trustee came to the opening',
  isPublic,
  data: z.object({ envelopeId, trusteeIndex, attended: count }),
});
export const sharesTaken = event('vault', 'shares-taken', {
  summary: 'A trustee gave some verified shares; they count once all are there',
  isPublic,
  data: z.object({ envelopeId, trusteeIndex, given: count, of: count }),
});
export const sharesGiven = event('vault', 'shares-given', {
  summary: 'A trustee has given verified shares for every envelope of the kind',
  isPublic,
  data: z.object({ envelopeId, trusteeIndex, present: count, quorum: count, sharesSha256: sha256Hex }),
});
export const shareRefused = event('vault', 'share-refused', {
  summary: 'A trustee gave a share that is not what was dealt',
  isPublic,
  data: z.object({ envelopeId, trusteeIndex, manifestSha256: sha256Hex, code: z.string() }),
});
export const quorumFailed = event('vault', 'quorum-failed', {
  summary: 'The session is over with too few trustees: bidders may reveal rescue identities, all or nothing',
  isPublic,
  data: z.object({
    envelopeId,
    attended: z.array(trusteeIndex),
    present: z.array(trusteeIndex),
    quorum: count,
    rescueUntil: instant,
  }),
});
export const combiningBegun = event('vault', 'combining-begun', {
  summary: 'The keys are complete: every stored envelope is compared with its manifest before any is opened',
  isPublic,
  data: z.object({ envelopeId, openedBy, of: count }),
});
export const storedEnvelopesChecked = event('vault', 'stored-envelopes-checked', {
  summary: 'Every stored envelope is the one that was received; now they are opened',
  isPublic,
  data: z.object({ envelopeId, of: count }),
});
export const openingProgressed = event('vault', 'opening-progressed', {
  summary: 'Some of the envelopes are decrypted; nothing is shown before all are',
  isPublic,
  data: z.object({ envelopeId, opened: count, of: count }),
});
export const openingHalted = event('vault', 'opening-halted', {
  summary: 'Stored envelopes differ from what was received: nothing is opened',
  isPublic,
  data: z.object({ envelopeId, fault: openingFault, manifestSha256s: z.array(sha256Hex), ...part }),
});
export const openingResumed = event('vault', 'opening-resumed', {
  summary: 'A supervisor lets the stored envelopes be checked again',
  isPublic,
  data: z.object({ envelopeId }),
});
export const openingProlonged = event('vault', 'opening-prolonged', {
  summary:
    'A suspension is over: the session, or the window for keys or rescue identities, ends as much later',
  isPublic,
  data: z.object({ envelopeId, until: instant }),
});
export const envelopesOpened = event('vault', 'envelopes-opened', {
  summary: 'All envelopes of a kind are open; in parts, of which each names how many there are',
  isPublic,
  data: z.object({ envelopeId, openedBy, ...part, items: z.array(openedItem) }),
});
export const openingFailed = event('vault', 'opening-failed', {
  summary: 'Neither trustees nor all bidders came, or no bidder released a key: nothing will be opened',
  isPublic,
  data: z.object({ envelopeId, revealed: count, of: count }),
});
export const objectionRecorded = event('vault', 'objection-recorded', {
  summary: 'Somebody who may objects to the opening',
  isPublic,
  data: z.object({
    envelopeId,
    by: z.enum(['trustee', 'bidder']),
    trusteeIndex: trusteeIndex.nullable(),
    text: z.string(),
  }),
});
export const biddersNamed = event('vault', 'bidders-named', {
  summary: 'Scores are locked: aliases get their names',
  isPublic,
  data: z.object({
    bidders: z.array(z.object({ alias, organisationId: uuid, certificateSha256: sha256Hex })),
    ...part,
  }),
});
export const envelopesLeftSealed = event('vault', 'envelopes-left-sealed', {
  summary: 'These envelopes were never opened and will not be',
  isPublic,
  data: z.object({ envelopes: z.array(z.object({ alias, envelopeId, manifestSha256: sha256Hex })), ...part }),
});
export const revealPlanned = event('vault', 'reveal-planned', {
  summary: 'The tender ended without an award: when its sealed acts will be shown',
  isPublic,
  data: z.object({ revealAt: instant }),
});
export const revealCompleted = event('vault', 'reveal-completed', {
  summary: 'All sealed acts of a tender without an award are shown: how many they are',
  isPublic,
  data: z.object({ acts: count }),
});
export const envelopesDestroyed = event('vault', 'envelopes-destroyed', {
  summary: 'Envelopes that were left sealed, replaced or withdrawn are removed from the store',
  isPublic,
  data: z.object({
    envelopes: z.array(
      z.object({ alias: alias.nullable(), envelopeId, manifestSha256: sha256Hex, sha256: sha256Hex }),
    ),
  }),
});
