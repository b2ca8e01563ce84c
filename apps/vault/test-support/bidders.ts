import type { InProcessBus } from '#bus';
import {
  certificateSha256,
  createAuthority,
  createCertificateRequest,
  createKeyPair,
  importPrivateKey,
  issueCertificate,
  signJson,
} from '#pki';

const VALIDITY = { validFrom: '2020-01-01T00:00:00.000Z', validTo: '2099-12-31T23:59:59.000Z' };

/** Organisations that an authority certifies, and a registration that knows whose their certificates are. */
export class Bidders {
  private readonly owners = new Map<string, string>();
  private serial = 0x10;

  private constructor(
    readonly authorityPem: string,
    private readonly privateKey: CryptoKey,
  ) {}

  static async on(bus: InProcessBus): Promise<Bidders> {
    const made = await createAuthority({ commonName: 'Test authority', ...VALIDITY, serial: '01' });
    const bidders = new Bidders(made.certificatePem, await importPrivateKey(made.privateKeyPem));
    await bus.serve('req.registration.check-certificate.v1', 'registration', async (request) => {
      const { certificateSha256: sha256 } = (request as { body: { certificateSha256: string } }).body;
      const organisationId = bidders.owners.get(sha256) ?? null;
      const personId = '0198a000-0000-7000-8000-000000000077';
      const body = {
        personId,
        organisationId,
        organisationName: 'Company',
        kind: 'organisation',
        isValid: true,
      };
      return { ok: true, body };
    });
    return bidders;
  }

  /** Signs as the organisation, with a certificate that it gets for this. */
  async sign(organisationId: string, payload: object, typ = 'sunseal-bidder-key'): Promise<string> {
    const keys = await createKeyPair();
    const certificatePem = await issueCertificate({
      authority: { certificatePem: this.authorityPem, privateKey: this.privateKey },
      requestPem: await createCertificateRequest({ keys, commonName: 'Company' }),
      subject: {
        commonName: 'Company',
        organisation: 'Company',
        serialNumber: '91350100M000100Y43',
        kind: 'organisation',
      },
      ...VALIDITY,
      serial: (this.serial++).toString(16),
    });
    this.owners.set(await certificateSha256(certificatePem), organisationId);
    return signJson(payload, { privateKey: keys.privateKey, certificatePem, typ });
  }
}
