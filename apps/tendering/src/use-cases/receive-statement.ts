import { createHash } from 'node:crypto';
import { DomainError } from '#kernel';
import { checkCertificate, type RequestOf, type ResponseOf, type submitTrusteeStatement } from '#contracts';
import { verifyJson } from '#pki';
import { type TrusteeStatement, verifyTrusteeStatement } from '#sealing';
import type { Call, Requests } from '#service';
import { receiveStatement as decide } from '../domain/draft-decisions.js';
import { requireVisible } from './tender-view.js';
import type { Tenders } from './tenders.port.js';

interface Ports {
  readonly tenders: Tenders;
  readonly requests: Requests;
  readonly authorityPem: string;
}

/** The key statement of a trustee: signed by the trustee's certificate, proving possession, for this tender. */
export async function receiveStatement(
  { tenders, requests, authorityPem }: Ports,
  { tenderId, statement: jws }: RequestOf<typeof submitTrusteeStatement>,
  call: Call,
): Promise<ResponseOf<typeof submitTrusteeStatement>> {
  return tenders.transact(call, async (tx) => {
    const tender = requireVisible(await tx.load(tenderId), call.actor, tenderId);
    const signed = await verifyJson(jws, { authorityPem, at: tx.now, typ: 'sunseal-trustee-statement' });
    const statement = signed.payload as TrusteeStatement;
    verifyTrusteeStatement(statement);
    const { sha256 } = signed.certificate;
    const owner = await requests.ask(checkCertificate, { certificateSha256: sha256 });
    if (statement.tenderId !== tenderId || statement.trusteeCertSha256 !== sha256) {
      throw new DomainError(
        'statement.invalid',
        'The statement is for another tender or another certificate.',
      );
    }
    if (!owner.isValid || owner.personId !== call.actorId) {
      throw new DomainError(
        'statement.invalid',
        'The statement is signed with a certificate that is not yours.',
      );
    }
    const statementSha256 = createHash('sha256').update(jws).digest('hex');
    const { publicKey } = statement;
    await tx.save(
      decide(tender, owner.personId, { publicKey, certificateSha256: sha256, statementSha256 }),
      tender,
    );
    return { statementSha256 };
  });
}
