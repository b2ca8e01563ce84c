import type { ExportStatement } from '#contracts';
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

/** Signs receipts, and what is said of exported files, with the platform's certificate. */
export class ReceiptSigner {
  private privateKey: Promise<CryptoKey> | undefined;

  constructor(
    readonly certificatePem: string,
    private readonly privateKeyPem: string,
  ) {}

  sign(promised: Promised): Promise<string> {
    return this.signAs('sunseal-promise', promised);
  }

  /** Of another type than promises, so that neither stands for the other. */
  signExport(statement: ExportStatement): Promise<string> {
    return this.signAs('sunseal-export', statement);
  }

  private async signAs(typ: string, payload: object): Promise<string> {
    this.privateKey ??= importPrivateKey(this.privateKeyPem);
    const { certificatePem } = this;
    return signJson(payload, { privateKey: await this.privateKey, certificatePem, typ });
  }
}
