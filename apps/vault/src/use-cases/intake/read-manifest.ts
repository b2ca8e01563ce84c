import { DomainError, fromBase64Url, fromUtf8, type Instant, toHex } from '#kernel';
import { checkCertificate } from '#contracts';
import { verifyJson } from '#pki';
import {
  asksBidderKey,
  type Manifest,
  manifestDigest,
  requireManifestForm,
  type WithdrawManifest,
} from '#sealing';
import type { Call } from '#service';
import type { SignedManifest } from '../../domain/bid-act.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { organisationOf } from './participate.js';
import type { VaultPorts } from '../vault-ports.js';

export interface ReadManifest<M extends Manifest | WithdrawManifest> {
  readonly manifest: M;
  readonly signed: SignedManifest;
  readonly organisationName: string;
}

/** What the bidder signed. */
export function manifestOf({ jws }: SignedManifest): Manifest {
  return JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as Manifest;
}

type Ports = Pick<VaultPorts, 'authorityPem' | 'requests'>;

/** Manifests of one signer, whose signatures hold and whose form nobody looked at yet. */
interface Signed {
  readonly jws: readonly string[];
  readonly payloads: readonly unknown[];
  readonly certificateSha256: string;
  /** Whose certificate it is, while it is in force. */
  readonly owner: { readonly organisationId: string; readonly organisationName: string };
}

const otherOrganisation = (): DomainError =>
  new DomainError(
    'bid.other-organisation',
    'The manifest is not signed with your organisation’s certificate.',
  );

/**
 * The quick part of intake: each signature leads to the authority, the certificate is the own organisation's and in
 * force, the manifest is well formed and for this tender. The proofs of the deals are verified apart.
 */
export async function readManifests<M extends Manifest | WithdrawManifest>(
  ports: VaultPorts,
  tender: SealedTender,
  kind: M['kind'],
  jws: readonly string[],
  call: Call,
): Promise<ReadManifest<M>[]> {
  const signed = await readSignatures(ports, jws, await ports.vault.now());
  if (signed.owner.organisationId !== organisationOf(call)) throw otherOrganisation();
  return readForms<M>(tender, kind, signed);
}

/** Signatures by one certificate of an organisation: valid at `at`, in force now. */
export async function readSignatures(
  { authorityPem, requests }: Ports,
  jws: readonly string[],
  at: Instant,
): Promise<Signed> {
  const verified = [];
  for (const one of jws) verified.push(await verifyJson(one, { authorityPem, at, typ: 'sunseal-manifest' }));
  const certificates = new Set(verified.map(({ certificate }) => certificate.sha256));
  const [certificateSha256] = certificates;
  if (certificates.size !== 1) {
    throw new DomainError('manifest.malformed', 'Sign all manifests of an act with one certificate.');
  }
  const owner = await requests.ask(checkCertificate, { certificateSha256: certificateSha256! });
  const { isValid, organisationId, organisationName } = owner;
  if (!isValid || organisationId === null) throw otherOrganisation();
  return {
    jws,
    payloads: verified.map(({ payload }) => payload),
    certificateSha256: certificateSha256!,
    owner: { organisationId, organisationName: organisationName ?? '' },
  };
}

/** Each is well formed, for this tender, of this kind, and names the certificate that signed it. */
export function readForms<M extends Manifest | WithdrawManifest>(
  { tid, descriptor }: SealedTender,
  kind: M['kind'],
  { jws, payloads, certificateSha256, owner: { organisationName } }: Signed,
): ReadManifest<M>[] {
  const tender = { tid, envelopes: descriptor.envelopes, asksBidderKey: asksBidderKey(descriptor) };
  return payloads.map((payload, n) => {
    const manifest = payload as Manifest | WithdrawManifest;
    requireManifestForm(tender, manifest);
    if (manifest.kind !== kind || manifest.bidderCertSha256 !== certificateSha256) {
      throw new DomainError('manifest.malformed', 'The manifest names another certificate or another act.');
    }
    const signed: SignedManifest = {
      envelopeId: manifest.kind === 'seal' ? manifest.envelopeId : null,
      sha256: toHex(manifestDigest(manifest)),
      jws: jws[n]!,
      age: manifest.kind === 'seal' ? manifest.age : null,
    };
    return { manifest: manifest as M, signed, organisationName };
  });
}
