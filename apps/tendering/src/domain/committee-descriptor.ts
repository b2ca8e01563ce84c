import { DomainError } from '#kernel';
import type { TenderDescriptor } from '#sealing';
import { descriptorRules } from './descriptor-rules.js';
import type { Tender } from './tender.js';

/** Name and key of the ledger that the descriptor binds the tender to. */
export interface LedgerIdentity {
  readonly origin: string;
  readonly verifierKey: string;
  /** Whose cosignatures an opening needs; null or left out where nobody's. */
  readonly witnesses?: { readonly policySha256: string } | null;
}

/**
 * What is committed to before the deadline is promised to be in a checkpoint within these seconds, so the cut-off by
 * witnesses' time is that much after the deadline: else the last bids would be late by no fault of their own.
 */
const CUT_OFF_SECONDS = 10;

/** What bids are sealed to, as draft and committee are now. Throws `committee.incomplete`. */
export function committeeDescriptor(tender: Tender, ledger: LedgerIdentity): TenderDescriptor {
  const { tenderId, procedure, draft, committee } = tender;
  const missing = committee.filter(({ statement }) => statement === null).map(({ personId }) => personId);
  if (missing.length > 0) {
    throw new DomainError(
      'committee.incomplete',
      `Key statements of ${missing.length} trustees are missing.`,
      { missing },
    );
  }
  return {
    suite: 'SS1',
    tenderId,
    envelopes: [...procedure.envelopes],
    n: committee.length,
    k: draft.quorum,
    trustees: committee.map(({ statement }, index) => ({
      i: index + 1,
      certSha256: statement!.certificateSha256,
      publicKey: statement!.publicKey,
      statementSha256: statement!.statementSha256,
    })),
    deadlineAt: draft.deadlineAt,
    rules: {
      ...descriptorRules(procedure),
      ...(draft.mailbox && {
        mailboxKey: draft.mailbox.verifierKey,
        mailboxGraceMinutes: draft.mailbox.graceMinutes,
      }),
      ...(ledger.witnesses
        ? {
            witnessPolicySha256: ledger.witnesses.policySha256,
            witnessCutOffSeconds: CUT_OFF_SECONDS,
          }
        : {}),
    },
    ledgerOrigin: ledger.origin,
    ledgerKey: ledger.verifierKey,
  };
}
