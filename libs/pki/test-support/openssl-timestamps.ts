import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Arguments of `openssl genpkey`. */
export const KEYS = {
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  shortRsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
} as const;

export const SIGNER = ['basicConstraints=CA:FALSE', 'keyUsage=critical,digitalSignature'];
export const STAMPS_ALONE = 'extendedKeyUsage=critical,timeStamping';
export const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'];

interface Certified {
  readonly issuer?: string;
  readonly key?: keyof typeof KEYS;
  readonly extensions?: readonly string[];
  /** `YYYYMMDDHHMMSSZ` */
  readonly from?: string;
  readonly to?: string;
}

interface Stamped {
  readonly signer?: string;
  /** Lines of the section of the authority in the configuration of `openssl ts`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly chain?: string;
}

/** A certificate authority and a time-stamp authority, both played by OpenSSL in a temporary folder. */
export class OpensslTimestamps {
  readonly folder = mkdtempSync(join(tmpdir(), 'tsa-'));
  private counter = 0;

  constructor() {
    this.certify('root', { extensions: AUTHORITY });
    this.certify('tsa', { issuer: 'root' });
  }

  path = (name: string): string => join(this.folder, name);
  pem = (name: string): string => readFileSync(this.path(`${name}.pem`), 'utf8');
  write(name: string, content: Uint8Array | string): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }
  read = (name: string): Uint8Array => readFileSync(this.path(name));
  openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: this.folder, encoding: 'utf8', stdio: 'pipe' });
  close = (): void => rmSync(this.folder, { recursive: true });

  /** Makes `<name>.key` and `<name>.pem`, self-signed unless there is an issuer. */
  certify(name: string, parts: Certified): void {
    const { issuer = name, key = 'p256', extensions = [...SIGNER, STAMPS_ALONE] } = parts;
    const { from = '20200101000000Z', to = '20991231235959Z' } = parts;
    this.openssl('genpkey', ...KEYS[key], '-out', `${name}.key`);
    const plain = this.write('request.cnf', '[req]\ndistinguished_name=dn\n[dn]\n');
    const subject = ['-subj', `/O=Test/CN=${name}`, '-config', plain];
    this.openssl('req', '-new', '-key', `${name}.key`, ...subject, '-out', `${name}.csr`);
    this.write('index.txt', '');
    this.write('index.txt.attr', 'unique_subject = no\n');
    const config = this.write(
      'ca.cnf',
      `[ca]\ndefault_ca=ours\n[ours]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n` +
        `policy=any\nx509_extensions=ext\n[any]\norganizationName=supplied\ncommonName=supplied\n` +
        `[ext]\nsubjectKeyIdentifier=hash\n${extensions.join('\n')}\n`,
    );
    const self = issuer === name ? ['-selfsign'] : ['-cert', `${issuer}.pem`];
    const validity = ['-startdate', from, '-enddate', to];
    const files = ['-keyfile', `${issuer}.key`, '-in', `${name}.csr`, '-out', `${name}.pem`];
    this.openssl('ca', '-batch', '-notext', '-config', config, ...self, ...validity, ...files);
  }

  /** DER of the TimeStampResp that `openssl ts` gives to the DER of a request. */
  reply(query: Uint8Array, { signer = 'tsa', settings = {}, chain }: Stamped = {}): Uint8Array {
    const at = ++this.counter;
    this.write('serial', '0A\n');
    const lines: Record<string, string> = {
      serial: 'serial',
      signer_cert: `${signer}.pem`,
      signer_key: `${signer}.key`,
      signer_digest: 'sha256',
      default_policy: '1.2.3.4.1',
      digests: 'sha256, sha512',
      accuracy: 'secs:1, millisecs:500',
      ordering: 'yes',
      tsa_name: 'yes',
      ess_cert_id_alg: 'sha256',
      ...(chain === undefined ? {} : { certs: chain }),
      ...settings,
    };
    const body = Object.entries(lines).map(([name, value]) => `${name} = ${value}\n`);
    this.write('ts.cnf', `[tsa]\ndefault_tsa = ours\n[ours]\n${body.join('')}`);
    const asked = this.write(`${at}.tsq`, query);
    this.openssl('ts', '-reply', '-config', 'ts.cnf', '-queryfile', asked, '-out', `${at}.tsr`);
    return this.read(`${at}.tsr`);
  }

  tokenOf(answer: Uint8Array): Uint8Array {
    const file = this.write('token.tsr', answer);
    this.openssl('ts', '-reply', '-in', file, '-token_out', '-out', 'token.tst');
    return this.read('token.tst');
  }

  /** A token over these 32 bytes without nonce; the request too is made by OpenSSL. */
  token(sha256: Uint8Array, stamped: Stamped = {}): Uint8Array {
    const digest = ['-sha256', '-digest', Buffer.from(sha256).toString('hex'), '-no_nonce', '-cert'];
    this.openssl('ts', '-query', ...digest, '-out', 'own.tsq');
    return this.tokenOf(this.reply(this.read('own.tsq'), stamped));
  }

  /** The content of a token, signed anew by someone for whom `openssl ts` would not sign. */
  resigned(token: Uint8Array, signer: string, ...options: string[]): Uint8Array {
    const file = this.write('old.tst', token);
    this.openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', file, '-binary', '-out', 'info.der');
    const unless = (name: string, ...words: string[]) => (options.includes(name) ? [] : words);
    const type = [
      ...unless('-econtent_type', '-econtent_type', '1.2.840.113549.1.9.16.1.4'),
      ...unless('-md', '-md', 'sha256'),
      ...unless('-noattr', '-cades'),
    ];
    const keys = ['-signer', `${signer}.pem`, '-inkey', `${signer}.key`, '-outform', 'DER'];
    this.openssl(
      'cms',
      '-sign',
      '-in',
      'info.der',
      '-binary',
      '-nodetach',
      ...type,
      ...keys,
      ...options,
      '-out',
      'new.tst',
    );
    return this.read('new.tst');
  }
}
