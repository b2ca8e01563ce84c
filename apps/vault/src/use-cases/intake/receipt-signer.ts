import { importPrivateKey, signJson } from '#pki';

/** What the platform promises at once; the ledger keeps it. */
export interface Promised {
  readonly v: 1;
  readonly tid: string;
  readonly manifestSha256: readonly string[];
  readonly sealed: string;
  readonly receivedAt: string;
  readonly ledgerOrigin: string;
  readonly promise: 'in a checkpoint within 10 s';
}

/** Signs receipts with the platform's certificate. */
export class ReceiptSigner {
  private privateKey: Promise<CryptoKey> | undefined;

  constructor(
    readonly certificatePem: string,
    private readonly privateKeyPem: string,
  ) {}

  async sign(promised: Promised): Promise<string> {
    this.privateKey ??= importPrivateKey(this.privateKeyPem);
    const { certificatePem } = this;
    return signJson(promised, { privateKey: await this.privateKey, certificatePem, typ: 'sunseal-promise' });
  }
}
