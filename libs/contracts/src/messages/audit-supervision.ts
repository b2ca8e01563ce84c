import { z } from 'zod';
import { query } from '../contract.js';
import { empty, LIMITS, regionCode } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';

const entryIndex = z.string().regex(/^\d{1,15}$/);
const index = z.number().int().nonnegative();
const limit = z.coerce.number().int().min(1).max(LIMITS.pageItemsMax).default(50);

/** `service.noun-past` of the act, as entries carry it. */
const entryType = z
  .string()
  .max(100)
  .regex(/^[a-z-]+\.[a-z-]+$/);

/**
 * What entries are searched by; all that is given must hold. Acts that were sealed are found by what their reveal
 * tells, once it is entered. `from` is included, `to` is not.
 */
export const entryFilter = {
  tenderId: uuid.optional(),
  organisationId: uuid.optional(),
  personId: uuid.optional(),
  type: entryType.optional(),
  regionCode: regionCode.optional(),
  from: instant.optional(),
  to: instant.optional(),
};

/** Of people and organisations that the items name, by id; those that are not known are left out. */
export const names = z.record(uuid, z.string());

/** The reveal of an entry that was a commitment. */
const shownBy = z.object({
  /** Of the entry that holds the reveal. */
  index,
  salt: sha256Hex,
  event: z.record(z.string(), z.unknown()),
});

/** One entry at its place. Type, time and tender of an act that was sealed are those of its reveal. */
export const supervisedEntry = z.object({
  index,
  type: z.string().nullable(),
  at: instant.nullable(),
  tenderId: uuid.nullable(),
  /** Who acted; null for the system, the public, and what is sealed. */
  personId: uuid.nullable(),
  regionCode: z.string().nullable(),
  entry: z.record(z.string(), z.unknown()),
  reveal: shownBy.nullable(),
});
export type SupervisedEntry = z.infer<typeof supervisedEntry>;

export const listEntries = query('audit', 'list-entries', {
  summary: 'Entries for supervision, in ledger order, by tender, organisation, person, type, region and time',
  access: ['supervisor'],
  /** Entries are public in the ledger; that and when a supervisor looks is entered. */
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/supervision/entries' },
  request: z.strictObject({ ...entryFilter, after: entryIndex.optional(), limit }),
  response: z.object({
    items: z.array(supervisedEntry),
    next: z.string().nullable(),
    /** All that the filter finds, whatever the page; at most {@link LIMITS.countedMax}. */
    count: z.object({ found: z.number().int(), isExact: z.boolean() }),
    /** Entries below this index were searched. */
    searchedTo: index,
    names,
    /** Titles of the tenders that the items are about. */
    tenders: z.record(uuid, z.object({ zh: z.string(), en: z.string() })),
  }),
});

export const getTimeline = query('audit', 'get-timeline', {
  summary:
    'What the ledger holds about a tender, in ledger order, each entry with its inclusion proof; sealed acts once they are revealed',
  access: ['supervisor'],
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/supervision/tenders/:tenderId/timeline' },
  request: z.strictObject({ tenderId: uuid, after: entryIndex.optional(), limit }),
  response: z.object({
    tender: z.object({
      tenderId: uuid,
      title: z.object({ zh: z.string(), en: z.string() }).nullable(),
      regionCode: z.string().nullable(),
    }),
    /** The checkpoint that the proofs of this page lead to, as it was published. */
    checkpoint: z.string(),
    items: z.array(
      supervisedEntry.extend({
        leafSha256: sha256Hex,
        /** Hashes from the leaf's side, base64: the lines of c2sp.org/tlog-proof. */
        proof: z.array(z.string()),
      }),
    ),
    next: z.string().nullable(),
    count: z.object({ found: z.number().int(), isExact: z.boolean() }),
    /** Commitments of all tenders that nothing has revealed yet: some may be of this one. */
    sealed: z.number().int().nonnegative(),
    names,
  }),
  errors: ['tender.unknown', 'entry.unknown'],
});

/** Asked once for each feed, so that the opening of one can be entered and its looks need not be. */
export const beginFeed = query('audit', 'begin-feed', {
  summary: 'A supervisor begins to follow the ledger: where it stands',
  access: ['supervisor'],
  reads: 'own',
  request: empty,
  /** The last index; null where nothing is entered yet. */
  response: z.object({ lookedTo: z.number().int().nullable() }),
});

export const readFeed = query('audit', 'read-feed', {
  summary: 'Entries that came after one, for the live feed that the gateway keeps open',
  access: ['supervisor'],
  /** The beginning of the feed is entered; each of its looks would be news to itself. */
  reads: 'internal',
  request: z.strictObject({ after: z.number().int().min(-1), limit }),
  response: z.object({
    items: z.array(supervisedEntry),
    /** Entries up to this index were looked at. */
    lookedTo: z.number().int().min(-1),
    isMore: z.boolean(),
  }),
});
