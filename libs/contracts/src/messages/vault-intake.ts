import { z } from 'zod';
import { command, query } from '../contract.js';
import { alias, envelopeId, groupErrors, jws, LIMITS, signedErrors, tenderRef, text } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';
import { descriptor } from './tendering.js';

/** An act that is not public yet: what was committed to in the ledger, and what opens the commitment. */
export const reveal = z.object({
  sealed: sha256Hex,
  salt: sha256Hex,
  event: z.record(z.string(), z.unknown()),
});
export type Reveal = z.infer<typeof reveal>;

const intakeErrors = [
  'tender.unknown',
  'tender.not-open',
  'tender.suspended',
  'participation.missing',
  'bid.late',
  'bid.sequence-wrong',
  'bid.previous-wrong',
  'bid.envelopes-wrong',
  'bid.other-organisation',
  'bid.too-many-versions',
  'manifest.malformed',
  'manifest.other-tender',
  'suite.unknown',
  ...groupErrors,
  ...signedErrors,
] as const;

export const getDescriptor = query('vault', 'get-descriptor', {
  summary: 'What bids to this tender must be sealed to',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/descriptor' },
  request: tenderRef,
  response: z.object({ tid: sha256Hex, descriptor, platformCertificatePem: z.string() }),
  errors: ['tender.unknown'],
});

export const joinTender = command('vault', 'join-tender', {
  summary: 'An approved organisation takes part; hidden until the opening',
  access: ['bidder'],
  enters: ['participation-begun'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/participation' },
  request: tenderRef,
  response: z.object({ joinedAt: instant }),
  errors: [
    'tender.unknown',
    'tender.not-open',
    'tender.suspended',
    'organisation.not-approved',
    'bid.late',
    'participation.full',
  ],
});

const bodyErrors = [
  'tender.unknown',
  'tender.not-open',
  'tender.suspended',
  'participation.missing',
  'bid.body-late',
  'envelope.not-committed',
  'manifest.malformed',
  'manifest.proof-invalid',
  'point.not-canonical',
  'scalar.not-canonical',
] as const;

/** The body of an envelope, as a manifest commits to it. */
const body = z.strictObject({
  tenderId: uuid,
  sha256: sha256Hex,
  size: z.number().int().positive().max(LIMITS.envelopeBytesMax),
});

export const authoriseUpload = query('vault', 'authorise-upload', {
  summary: 'Whether this bidder may send an envelope body now, and where it waits until it is whole',
  access: 'internal',
  reads: 'internal',
  request: body,
  response: z.object({ key: z.string(), isStored: z.boolean() }),
  errors: bodyErrors,
});

export const acceptBody = command('vault', 'accept-body', {
  summary: 'A whole envelope body lies in quarantine, its hash and size checked as it came',
  access: 'internal',
  enters: ['body-kept', 'bid-accepted'],
  request: body,
  response: z.object({ storedAt: instant }),
  errors: [...bodyErrors, 'bid.body-missing', 'envelope.being-kept'],
});

export const bidReceipt = z.object({
  bidId: uuid,
  seq: z.number().int().positive(),
  kind: z.enum(['seal', 'withdraw']),
  receivedAt: instant,
  manifestSha256: z.array(sha256Hex),
  promise: jws,
  reveal,
});

export const submitBid = command('vault', 'submit-bid', {
  summary: 'Commits to a sealed bid: one signed manifest for each envelope, whose bodies follow',
  access: ['bidder'],
  enters: ['bid-submitted'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/bids' },
  request: z.strictObject({ tenderId: uuid, manifests: z.array(jws).min(1).max(2) }),
  response: bidReceipt,
  errors: intakeErrors,
});

/** What came of one claim from a mailbox's log. */
export const mailboxOutcome = z.object({
  /** Its commitment in the mailbox's log; null where the receipt does not hold. */
  sealed: sha256Hex.nullable(),
  /** `committed` where the platform had it already: that has one effect, which it had. */
  outcome: z.enum(['admitted', 'committed', 'refused']),
  /** Why it was refused. */
  code: z.string().nullable(),
});

export const submitMailboxLog = command('vault', 'submit-mailbox-log', {
  summary:
    'What the mailbox that the tender names received before the deadline, handed over before the close',
  access: ['supervisor', 'bidder'],
  enters: ['bid-submitted', 'bid-withdrawn', 'mailbox-claim-refused'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/mailbox' },
  request: z.strictObject({
    tenderId: uuid,
    claims: z
      .array(
        z.strictObject({
          manifests: z.array(jws).min(1).max(2),
          /** The mailbox's receipt, JSON as it gave it. */
          receipt: text(LIMITS.mailboxReceiptCharsMax),
        }),
      )
      .min(1)
      .max(LIMITS.mailboxClaimsMax),
  }),
  response: z.object({ outcomes: z.array(mailboxOutcome) }),
  errors: ['tender.unknown', 'tender.not-open', 'tender.suspended', 'mailbox.none', 'mailbox.too-late'],
});

export const withdrawBid = command('vault', 'withdraw-bid', {
  summary: 'The bidder takes the bid back before the deadline',
  access: ['bidder'],
  enters: ['bid-withdrawn'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/bids/withdrawal' },
  request: z.strictObject({ tenderId: uuid, manifest: jws }),
  response: bidReceipt,
  errors: [...intakeErrors, 'bid.unknown'],
});

export const getOwnBid = query('vault', 'get-own-bid', {
  summary: 'The own acts in a tender with everything that proves them',
  access: ['bidder'],
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/bids/mine' },
  request: tenderRef,
  response: z.object({
    joinedAt: instant.nullable(),
    /** A bid counts once it is accepted: its proofs hold and all its bodies are stored. */
    status: z.enum(['none', 'committed', 'accepted', 'withdrawn', 'refused']),
    alias: alias.nullable(),
    /** Keys of the own that are to be released now, or were. */
    bidderKeys: z.array(z.object({ envelopeId, until: instant, isReleased: z.boolean() })),
    acts: z.array(
      bidReceipt.extend({
        /** `mailbox`: it had no promise of the platform before the deadline, and a mailbox had it. */
        receivedBy: z.enum(['platform', 'mailbox']),
        proofs: z.enum(['unverified', 'verified', 'refused']),
        refusedCode: z.string().nullable(),
        acceptedAt: instant.nullable(),
        bodies: z.array(
          z.object({
            envelopeId: z.string(),
            sha256: sha256Hex,
            size: z.number().int(),
            isStored: z.boolean(),
          }),
        ),
      }),
    ),
  }),
  errors: ['tender.unknown'],
});

export const getReceipt = query('vault', 'get-receipt', {
  summary:
    'The receipt of an own act as one file that proves itself offline, once its entry is in a checkpoint',
  access: ['bidder'],
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/bids/mine/:seq/receipt' },
  request: z.strictObject({ tenderId: uuid, seq: z.coerce.number().int().min(1).max(0xffff) }),
  response: z.object({
    fileName: z.string(),
    /** A ZIP in base64. */
    file: z.string(),
    /** Whether another authority stamped the promise: it has, is still asked, or never was. */
    timestamp: z.enum(['stamped', 'awaited', 'none']),
    /** Whether everything is in it that the procedure asks for (`timestampRequired`). */
    isComplete: z.boolean(),
  }),
  errors: ['tender.unknown', 'bid.unknown', 'entry.unknown'],
});
