import { z } from 'zod';
import { event, query } from '../contract.js';
import { witnessing } from './audit-witnesses.js';
import { empty, page, pageRequest } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';

export const getLedgerIdentity = query('audit', 'get-ledger-identity', {
  summary: 'Name and verifier key of the ledger, and how far it has been signed',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/ledger' },
  request: empty,
  response: z.object({
    origin: z.string(),
    verifierKey: z.string(),
    size: z.number().int().nonnegative(),
    root: z.string(),
    /** Null where no witness is asked. */
    witnesses: witnessing.nullable(),
  }),
});

export const proveEntry = query('audit', 'prove-entry', {
  summary: 'Index and inclusion proof of an entry, by its leaf hash or, of a sealed act, by its commitment',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/ledger/entries/:leafSha256/proof' },
  request: z.strictObject({ leafSha256: sha256Hex }),
  response: z.object({ index: z.number().int().nonnegative(), entry: z.string(), proof: z.string() }),
  errors: ['entry.unknown'],
});

const entryIndex = z.string().regex(/^\d{1,15}$/);

export const listEntries = query('audit', 'list-entries', {
  summary: 'Entries for supervision, in ledger order',
  access: ['supervisor'],
  /** Entries are public in the ledger; that and when a supervisor looks is entered. */
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/supervision/entries' },
  request: z.strictObject({ tenderId: uuid.optional(), ...pageRequest, after: entryIndex.optional() }),
  response: page(
    z.object({
      index: z.number().int().nonnegative(),
      type: z.string().nullable(),
      at: instant.nullable(),
      tenderId: uuid.nullable(),
      entry: z.record(z.string(), z.unknown()),
    }),
  ),
});

export const ledgerKeyRotated = event('audit', 'ledger-key-rotated', {
  summary:
    'From this entry on the ledger is signed with another key; a note that the old and the new one sign',
  data: z.object({ note: z.string().max(2_000) }),
});

/** Sent by every service for an act that is not public yet: nothing but the commitments to it and to its number. */
export const actSealed = (service: Parameters<typeof event>[0]) =>
  event(service, 'act-sealed', {
    summary: 'Something happened that is not public yet',
    data: z.object({ sealed: sha256Hex, place: sha256Hex.optional() }),
  });

/** Sent by every service when its sealed acts of a tender may be known. */
export const actsRevealed = (service: Parameters<typeof event>[0]) =>
  event(service, 'acts-revealed', {
    summary: 'Acts entered as commitments before are shown',
    data: z.object({
      reveals: z.array(
        z.object({
          sealed: sha256Hex,
          salt: sha256Hex,
          event: z.record(z.string(), z.unknown()),
          place: z
            .object({ producer: z.string(), seq: z.number().int().positive(), salt: sha256Hex })
            .optional(),
        }),
      ),
    }),
  });
