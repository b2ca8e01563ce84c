import { invariant } from '#kernel';
import { Name, type X509Certificate } from './x509.js';

/** What the holder of a certificate may sign as; stands in the subject's OU. */
export const SUBJECT_KINDS = ['organisation', 'trustee', 'expert', 'platform'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export interface CertificateSubject {
  readonly commonName: string;
  /** Registered name of the organisation that the holder signs for. */
  readonly organisation?: string;
  /** Credit code (GB 32100) of an organisation, or id of a person. */
  readonly serialNumber?: string;
  readonly kind: SubjectKind;
}

const CHARS_MAX = 200;
/** X.520 serialNumber has no short name in the certificate library. */
const SERIAL_NUMBER = '2.5.4.5';

type NameParts = Record<string, { utf8String: string }[] | { printableString: string }[]>[];

function utf8Part(type: string, text: string): NameParts[number] {
  invariant(
    text.length > 0 && text.length <= CHARS_MAX,
    `${type} of a subject has 1 to ${CHARS_MAX} characters`,
  );
  return { [type]: [{ utf8String: text }] };
}

/** Values go in as typed ASN.1 strings: text such as `x, OU=platform` cannot become another attribute. */
export function subjectName(subject: CertificateSubject): Name {
  const { commonName, organisation, serialNumber, kind } = subject;
  const parts: NameParts = [];
  if (organisation !== undefined) parts.push(utf8Part('O', organisation));
  parts.push(utf8Part('OU', kind));
  if (serialNumber !== undefined) {
    invariant(/^[0-9A-Za-z-]{1,64}$/.test(serialNumber), 'a serialNumber is letters, digits and hyphens');
    parts.push({ [SERIAL_NUMBER]: [{ printableString: serialNumber }] });
  }
  parts.push(utf8Part('CN', commonName));
  return new Name(parts);
}

export const authorityName = (commonName: string): Name => new Name([utf8Part('CN', commonName)]);

/** The attribute's value, null where absent; throws an Error where it stands twice. */
export function subjectField(
  certificate: X509Certificate,
  field: 'CN' | 'O' | 'OU' | 'serialNumber',
): string | null {
  const type = field === 'serialNumber' ? SERIAL_NUMBER : field;
  const values = certificate.subjectName.toJSON().flatMap((part) => part[type] ?? []);
  if (values.length > 1) throw new Error(`the subject has more than one ${field}`);
  return values[0] ?? null;
}

export const isSubjectKind = (text: string | null): text is SubjectKind =>
  SUBJECT_KINDS.some((kind) => kind === text);
