import { z } from 'zod';
import { event, query } from '../contract.js';
import { instant, sha256Hex } from './envelope.js';

const unixSeconds = z.number().int().positive();
const size = z.number().int().nonnegative();

/** What `get-ledger-identity` tells of the ledger's witnesses. */
export const witnessing = z.object({
  /** SHA-256 of the policy that holds now; `get-witness-policy` gives its text. */
  policySha256: sha256Hex,
  /** Entries under the newest checkpoint that the quorum cosigned, and when; null before the first. */
  witnessed: z.object({ size, at: unixSeconds }).nullable(),
  /** Whether the quorum has been missing for longer than is patient. */
  isQuorumMissing: z.boolean(),
});
export type WitnessingState = z.infer<typeof witnessing>;

export const getWitnessPolicy = query('audit', 'get-witness-policy', {
  summary: 'Text of a witness policy (c2sp.org/tlog-policy) that holds or held, by its SHA-256',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/ledger/witness-policies/:policySha256' },
  request: z.strictObject({ policySha256: sha256Hex }),
  response: z.object({ policy: z.string() }),
  errors: ['ledger.witness-policy-unknown'],
});

export const getWitnessedCheckpoint = query('audit', 'get-witnessed-checkpoint', {
  summary:
    'The newest checkpoint that the quorum cosigned; with `since` the first at or after it, by witness time',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/ledger/witnessed' },
  request: z.strictObject({ since: instant.optional() }),
  response: z.object({ policySha256: sha256Hex, checkpoint: z.string(), size, witnessedAt: unixSeconds }),
  errors: ['ledger.not-witnessed', 'ledger.witness-quorum-missing'],
});

export const witnessQuorumMissing = event('audit', 'witness-quorum-missing', {
  summary:
    'Too few witnesses cosign the ledger: it goes on without them, and nothing that asks for them is opened',
  data: z.object({ policySha256: sha256Hex, size, missing: z.array(z.string()) }),
});

export const witnessQuorumMet = event('audit', 'witness-quorum-met', {
  summary: 'The quorum of witnesses cosigns the ledger again',
  data: z.object({ policySha256: sha256Hex, size, witnessedAt: unixSeconds }),
});
