import { randomBytes } from 'node:crypto';
import { addDays, DomainError, toHex } from '#kernel';
import type { checkCertificate, issueCertificate, RequestOf, ResponseOf } from '#contracts';
import { certificateSha256, importPrivateKey, issueCertificate as sign } from '#pki';
import type { Call } from '#service';
import type { Person, Register } from './register.port.js';

export interface Authority {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly days: number;
}

interface Subject {
  readonly kind: 'organisation' | 'trustee' | 'expert';
  readonly commonName: string;
  readonly organisation?: string;
  readonly serialNumber: string;
}

/** Certifies the caller's own key. The subject comes from the register, never from the request. */
export async function issue(
  people: Register,
  authority: Authority,
  { certificateRequestPem }: RequestOf<typeof issueCertificate>,
  call: Call,
): Promise<ResponseOf<typeof issueCertificate>> {
  const person = await people.findPerson(call.actor!.personId);
  if (!person) throw new DomainError('person.unknown', 'There is no such person.');
  const subject = await subjectOf(people, person, call);
  const privateKey = await importPrivateKey(authority.privateKeyPem);
  return people.transact(call, async (tx) => {
    const validTo = addDays(tx.now, authority.days);
    const certificatePem = await sign({
      authority: { certificatePem: authority.certificatePem, privateKey },
      requestPem: certificateRequestPem,
      subject,
      validFrom: addDays(tx.now, -1),
      validTo,
      serial: toHex(randomBytes(16)),
    });
    const sha256 = await certificateSha256(certificatePem);
    const { personId, organisationId } = person;
    const { kind } = subject;
    await tx.addCertificate({
      certificateSha256: sha256,
      personId,
      organisationId,
      kind,
      pem: certificatePem,
      validTo,
    });
    await tx.tell({
      type: 'certificate-issued',
      data: { certificateSha256: sha256, personId, kind, validTo },
    });
    return { certificatePem, certificateSha256: sha256, authorityPem: authority.certificatePem };
  });
}

async function subjectOf(people: Register, person: Person, { actor }: Call): Promise<Subject> {
  if (person.organisationId !== null) {
    const organisation = await people.findOrganisation(person.organisationId);
    if (organisation?.status !== 'approved') {
      throw new DomainError('organisation.not-approved', 'Certificates are for approved organisations.');
    }
    const { name, creditCode } = organisation;
    return { kind: 'organisation', commonName: name, organisation: name, serialNumber: creditCode };
  }
  const kind = actor!.roles.includes('trustee') ? 'trustee' : 'expert';
  return { kind, commonName: person.name, serialNumber: person.personId };
}

export async function check(
  people: Register,
  { certificateSha256: sha256 }: RequestOf<typeof checkCertificate>,
): Promise<ResponseOf<typeof checkCertificate>> {
  const certificate = await people.findCertificate(sha256);
  if (!certificate) throw new DomainError('certificate.unknown', 'This platform issued no such certificate.');
  const { personId, organisationId, kind, validTo } = certificate;
  const organisation = organisationId === null ? undefined : await people.findOrganisation(organisationId);
  const isApproved = organisationId === null || organisation?.status === 'approved';
  const isValid = isApproved && (await people.now()) < validTo;
  return { personId, organisationId, kind, isValid, organisationName: organisation?.name ?? null };
}
