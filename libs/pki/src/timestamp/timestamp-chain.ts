import { BitString } from 'asn1js';
import { BasicConstraints, type Certificate, ExtKeyUsage, RSAPublicKey } from 'pkijs';
import { instantToMs, type Instant } from '#kernel';
import { engine } from './pkijs-engine.js';

const KEY_USAGE = '2.5.29.15';
const BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const ANY_PURPOSE = '2.5.29.37.0';
/** Key identifiers and certificate policies besides: all that is understood here. */
const UNDERSTOOD = new Set([
  KEY_USAGE,
  BASIC_CONSTRAINTS,
  EXTENDED_KEY_USAGE,
  '2.5.29.14',
  '2.5.29.32',
  '2.5.29.35',
]);
const INTERMEDIATES_MAX = 3;
const RSA_BITS_MIN = 2048;
/** Bits of keyUsage in the first byte (RFC 5280 §4.2.1.3). */
const SIGNATURE_USES = 0xc0;
const CERTIFICATE_SIGNING = 0x04;

interface Chain {
  readonly signer: Certificate;
  /** Certificates in the token, among which intermediate ones may be. */
  readonly others: readonly Certificate[];
  /** The root of trust, known beforehand. */
  readonly authority: Certificate;
  readonly at: Instant;
}

/**
 * Why the signer is not the authority's, or null: it may do nothing but stamp times, says so in a critical extension
 * (RFC 3161 §2.3), and a path of at most three intermediates leads to the authority (RFC 5280 §6), all valid then.
 * Revocation is not checked. May throw an Error on certificates that cannot be read.
 */
export async function chainFault({ signer, others, authority, at }: Chain): Promise<string | null> {
  const fault = leafFault(signer) ?? anyFault(signer, at);
  if (fault !== null) return `its certificate ${fault}`;
  let current = signer;
  for (let below = 0; below <= INTERMEDIATES_MAX; below++) {
    if (await isIssuedBy(current, authority)) {
      const rootFault = issuerFault(authority, below, at);
      return rootFault === null ? null : `the authority ${rootFault}`;
    }
    const next = await findIssuer(current, others);
    if (!next) return 'another authority issued its certificate';
    const nextFault = issuerFault(next, below, at);
    if (nextFault !== null) return `an authority between ${nextFault}`;
    current = next;
  }
  return 'too many authorities stand between';
}

async function findIssuer(of: Certificate, others: readonly Certificate[]): Promise<Certificate | undefined> {
  for (const other of others) if (other !== of && (await isIssuedBy(of, other))) return other;
  return undefined;
}

async function isIssuedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  if (!certificate.issuer.isEqual(issuer.subject)) return false;
  if (!/^SHA-(?:256|384|512)$/.test(engine.getHashAlgorithm(certificate.signatureAlgorithm))) return false;
  try {
    return await certificate.verify(issuer, engine);
  } catch {
    return false;
  }
}

const extension = ({ extensions = [] }: Certificate, id: string) =>
  extensions.find(({ extnID }) => extnID === id);

function anyFault(certificate: Certificate, at: Instant): string | null {
  const { notBefore, notAfter, subjectPublicKeyInfo, extensions = [] } = certificate;
  const time = instantToMs(at);
  if (time < notBefore.value.getTime() || time > notAfter.value.getTime()) return `was not valid at ${at}`;
  if (new Set(extensions.map(({ extnID }) => extnID)).size !== extensions.length)
    return 'repeats an extension';
  if (extensions.some(({ critical, extnID }) => critical && !UNDERSTOOD.has(extnID)))
    return 'has a critical extension that is not understood';
  const { parsedKey } = subjectPublicKeyInfo;
  const isShort = parsedKey instanceof RSAPublicKey && rsaBits(parsedKey) < RSA_BITS_MIN;
  return isShort ? `has an RSA key below ${RSA_BITS_MIN} bits` : null;
}

function rsaBits({ modulus }: RSAPublicKey): number {
  const bytes = modulus.valueBlock.valueHexView;
  return 8 * (bytes[0] === 0 ? bytes.length - 1 : bytes.length);
}

/** The first byte of keyUsage; all uses where the extension is absent. */
function usesOf(certificate: Certificate): number {
  const usage = extension(certificate, KEY_USAGE);
  if (!usage) return 0xff;
  const { parsedValue } = usage;
  return parsedValue instanceof BitString ? (parsedValue.valueBlock.valueHexView[0] ?? 0) : 0;
}

function isAuthority(certificate: Certificate, below: number): boolean {
  const constraints: unknown = extension(certificate, BASIC_CONSTRAINTS)?.parsedValue;
  if (!(constraints instanceof BasicConstraints) || !constraints.cA) return false;
  const { pathLenConstraint: most } = constraints;
  return most === undefined || (typeof most === 'number' && below <= most);
}

function issuerFault(certificate: Certificate, below: number, at: Instant): string | null {
  if (!isAuthority(certificate, below)) return 'may not certify others, or not so far';
  if ((usesOf(certificate) & CERTIFICATE_SIGNING) === 0) return 'may not sign certificates';
  const purposes: unknown = extension(certificate, EXTENDED_KEY_USAGE)?.parsedValue;
  const isLimited =
    purposes instanceof ExtKeyUsage &&
    !purposes.keyPurposes.some((purpose) => purpose === TIME_STAMPING || purpose === ANY_PURPOSE);
  return isLimited ? 'may not certify for time stamps' : anyFault(certificate, at);
}

function leafFault(signer: Certificate): string | null {
  const purposes = extension(signer, EXTENDED_KEY_USAGE);
  const value: unknown = purposes?.parsedValue;
  const isForStamps = value instanceof ExtKeyUsage && value.keyPurposes.join() === TIME_STAMPING;
  if (!purposes?.critical || !isForStamps) return 'is not for time stamps alone';
  if (isAuthority(signer, 0)) return 'is that of an authority for certificates';
  return (usesOf(signer) & SIGNATURE_USES) === 0 ? 'is not for signatures' : null;
}
