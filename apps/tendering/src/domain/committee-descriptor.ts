import { DomainError } from '#kernel';
import type { TenderDescriptor } from '#sealing';
import type { Tender } from './tender.js';

/** Name and key of the ledger that the descriptor binds the tender to. */
export interface LedgerIdentity {
  readonly origin: string;
  readonly verifierKey: string;
}

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
      procedure: procedure.id,
      bidsMin: procedure.bidsMin,
      bodyGraceMinutes: procedure.bodyGraceMinutes,
      ...(draft.mailbox && {
        mailboxKey: draft.mailbox.verifierKey,
        mailboxGraceMinutes: draft.mailbox.graceMinutes,
      }),
    },
    ledgerOrigin: ledger.origin,
    ledgerKey: ledger.verifierKey,
  };
}
