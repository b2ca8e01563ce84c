import { z } from 'zod';

export const auditSettings = z.strictObject({
  ledgerKeyFile: z
    .string()
    .optional()
    .describe('signer key of the ledger (PRIVATE+KEY+…, as golang.org/x/mod/sumdb/note writes it)'),
  ledgerSignerProgram: z
    .string()
    .optional()
    .describe('instead: a program that signs what it reads with the key of ledgerVerifierKey'),
  ledgerVerifierKey: z.string().optional().describe('verifier key (name+id+base64) of ledgerSignerProgram'),
  nextLedgerKeyFile: z
    .string()
    .optional()
    .describe('signer key that follows: the ledger changes to it by an entry that both keys sign'),
  regionCode: z
    .string()
    .regex(/^\d{6}(?:\d{3})?$/)
    .default('630100')
    .describe('GB/T 2260 code of the centre; 630100 is Xining'),
  heartbeatMs: z.coerce
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(10_000)
    .describe('how often the ledger signs that it is there, for the centre above'),
  lowerCentresFile: z
    .string()
    .optional()
    .describe('centres below this one, a JSON list of {regionCode, url, verifierKeys}'),
  lowerEveryMs: z.coerce
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(5_000)
    .describe('how often the ledgers of lower centres are looked at'),
  lowerTimeoutMs: z.coerce
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(5_000)
    .describe('how long one of their files may take'),
  lowerSilentAfterMs: z.coerce
    .number()
    .int()
    .min(500)
    .max(86_400_000)
    .default(45_000)
    .describe('how old the last heartbeat of a lower ledger may be before an alarm is raised'),
  batchMs: z.coerce
    .number()
    .int()
    .min(10)
    .max(5_000)
    .default(250)
    .describe('how often waiting acts are entered, unless a batch is full'),
  batchMax: z.coerce
    .number()
    .int()
    .min(1)
    .max(5_000)
    .default(1_000)
    .describe('most acts that get their places in the ledger in one transaction'),
  witnessPolicyFile: z
    .string()
    .optional()
    .describe(
      'witnesses and their quorum, in the format of c2sp.org/tlog-policy, with a URL for each witness',
    ),
  witnessTimeoutMs: z.coerce
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(5_000)
    .describe('how long a witness may take for an answer'),
  witnessEveryMs: z.coerce
    .number()
    .int()
    .min(50)
    .max(60_000)
    .default(1_000)
    .describe('how often a new checkpoint is brought to the witnesses'),
  witnessRefreshMs: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(30_000)
    .describe('how often a ledger that does not grow is cosigned anew, for the time'),
  witnessPatienceMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .default(30_000)
    .describe('how long the quorum may be missing before that is entered in the ledger'),
  refillEveryMs: z.coerce
    .number()
    .int()
    .min(50)
    .max(60_000)
    .default(2_000)
    .describe('how often a producer is asked again for acts that are missing'),
  gapPatienceMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .default(60_000)
    .describe('how long a gap in a producer’s numbers may last before an alarm'),
  refillEndsEveryMs: z.coerce
    .number()
    .int()
    .min(50)
    .max(3_600_000)
    .default(60_000)
    .describe('how often every producer is asked for acts behind its last entered one'),
  reconcileEveryMs: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(7 * 24 * 3_600_000)
    .default(3_600_000)
    .describe('how often all that the services did is compared with the ledger'),
});
export type AuditSettings = z.infer<typeof auditSettings>;
