import { z } from 'zod';
import { sha256Hex, uuid } from './envelope.js';

/** Limits of what one request may carry, named here because every form and test needs them. */
export const LIMITS = {
  titleCharsMax: 200,
  textCharsMax: 4_000,
  pageItemsMax: 100,
  pagesMax: 10_000,
  partsMax: 64,
  documentBytesMax: 20 * 1024 * 1024,
  /** Two GiB and what sealing adds to them: half a MiB for each of at most two layers, and their headers. */
  envelopeBytesMax: 2 * 1024 ** 3 + 2 * 1024 ** 2,
  /** Unfinished uploads of one organisation in one tender at once. */
  openUploadsMax: 8,
  /** An upload that is not finished by then is over, by the database's clock. */
  uploadHoursMax: 24,
  /** What of an upload is made durable at a time, with about a chunk more: a kill costs the sender two of them at most. */
  uploadPieceBytesMax: 32 * 1024 * 1024,
  /** A slow sender's bytes are made durable this often, full piece or not. */
  uploadPieceSecondsMax: 30,
  /** Received, and not yet with the store: the memory that one upload may take. */
  uploadBufferBytesMax: 2 * 1024 * 1024,
  /** A connection over which nothing comes is given up; what came is kept. */
  uploadIdleSecondsMax: 30,
  /** One request that brings bytes ends after this long; the sender goes on with the next. */
  uploadRequestSecondsMax: 3_600,
  /** Requests that bring bytes to one upload, and so about the segments that it can fall into. */
  uploadRequestsMax: 10_000,
  /** A whole body that was not accepted is removed after so long, by the database's clock; longer than an upload lasts. */
  waitingBodyHoursMax: 48,
  jwsCharsMax: 64 * 1024,
  /** Claims from a mailbox's log in one request. */
  mailboxClaimsMax: 5,
  /** A mailbox's receipt as text. */
  mailboxReceiptCharsMax: 32 * 1024,
  /** Verifier key of a log, `name+id+base64`. */
  noteKeyCharsMax: 300,
} as const;

export const text = (max: number) => z.string().trim().min(1).max(max);
export const title = z.strictObject({ zh: text(LIMITS.titleCharsMax), en: text(LIMITS.titleCharsMax) });
export const jws = z
  .string()
  .max(LIMITS.jwsCharsMax)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);
/** What a request that carries a signed document may be refused with for it. */
export const signedErrors = [
  'signature.malformed',
  'signature.type-wrong',
  'signature.invalid',
  'certificate.malformed',
  'certificate.unknown',
  'certificate.untrusted',
  'certificate.expired',
  'certificate.not-yet-valid',
] as const;
/** … and what one that carries points and scalars of the sealing suite. */
export const groupErrors = ['point.not-canonical', 'scalar.not-canonical'] as const;
export const pem = z.string().max(8_192).startsWith('-----BEGIN ');
export const amount = z.string().regex(/^(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/);
export const decimal = z
  .string()
  .max(40)
  .regex(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/);
/** An exact number in text: a decimal or `n/d`. */
export const exact = z
  .string()
  .max(400)
  .regex(/^-?\d+(?:\.\d+|\/[1-9]\d*)?$/);
export { regionCode } from './envelope.js';
export const alias = z.string().regex(/^[A-Z]{2}\d{2}$/);
export const envelopeId = z.enum(['technical', 'commercial']);
export type EnvelopeId = z.infer<typeof envelopeId>;

/** Paging by id: `next` is handed back as `after`; null means that there is no more. */
export const pageRequest = {
  after: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageItemsMax).default(50),
};
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** A trustee's share as it travels; the sealing library reads it. */
export const share = z.strictObject({
  i: z.number().int().positive(),
  share: z.string().max(64),
  proof: z.record(z.string(), z.string().max(100)),
});

/** Lists that are too long for one entry come in several events of one transaction, numbered from 1. */
export const part = { part: z.number().int().positive(), parts: z.number().int().positive() };

export const tenderRef = z.strictObject({ tenderId: uuid });

/** A stored file that people attach: named, typed, and identified by its content. */
export const attachment = z.strictObject({
  name: text(200),
  mediaType: text(100),
  sha256: sha256Hex,
  size: z.number().int().positive().max(LIMITS.documentBytesMax),
});

/** Names an object in the store for the gateway to stream; never leaves the gateway as such. */
export const storedObject = z.object({ key: z.string(), fileName: z.string(), mediaType: z.string() });

/** What is too long for one answer comes in numbered pages, the first by default. */
export const pageNumber = { page: z.coerce.number().int().min(1).max(LIMITS.pagesMax).default(1) };
export const paged = { page: z.number().int(), pages: z.number().int() };

export const empty = z.strictObject({});
