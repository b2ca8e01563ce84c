import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { instantFromMs } from '#kernel';
import { signerFromKey, signerKeyOf } from '#ledger';
import { FileObjectStore } from '#storage';
import { claimsFile, exportClaims } from './export-claims.js';
import { LOG_PREFIX, MailboxLog } from './mailbox-log.js';
import { mailboxServer } from './mailbox-server.js';

const HELP = `Usage: node dist/apps/mailbox/src/main.js --authority FILE [options]
       node dist/apps/mailbox/src/main.js export --tid TID --out FILE [--data DIR]

A second intake, run by a supervisor on a machine of their own: bidders who get no promise from the platform hand their
signed manifests in here. It keeps them and enters each in a log of its own. It cannot open anything.

export writes what was received for the tender TID to FILE, each with its proof, for sunseal mailbox hand-over. The
mailbox may go on beside it.

  --authority FILE  certificate of the authority that bidders' certificates lead to
  --data DIR        where key, log and manifests are kept (default mailbox/)
  --name NAME       name of the log, at the first start (default sunseal.local/mailbox)
  --port N          HTTP port (default 8090; 0 lets the system choose)
  --host ADDRESS    address to listen on (default 127.0.0.1)
`;

const { values, positionals } = parseArgs({
  options: {
    authority: { type: 'string' },
    data: { type: 'string', default: 'mailbox' },
    name: { type: 'string', default: 'sunseal.local/mailbox' },
    port: { type: 'string', default: '8090' },
    host: { type: 'string', default: '127.0.0.1' },
    tid: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const isExport = positionals[0] === 'export';

/** The key is made once, at the first start. */
function readKey(dataDir: string, name: string): string {
  const file = join(dataDir, 'log.key');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, signerKeyOf(name, randomBytes(32)), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8');
}

const openStore = (): FileObjectStore =>
  new FileObjectStore({ root: join(values.data, 'objects'), mutablePrefixes: [LOG_PREFIX] });

const isComplete = isExport ? values.tid && values.out : values.authority;
if (values.help || isComplete === undefined || positionals.length > (isExport ? 1 : 0)) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 2;
} else if (isExport) {
  const { verifierKey } = signerFromKey(readFileSync(join(values.data, 'log.key'), 'utf8'));
  const claims = await exportClaims(openStore(), verifierKey, values.tid!);
  writeFileSync(values.out!, claimsFile(values.tid!, claims), { mode: 0o600, flag: 'wx' });
  process.stdout.write(
    `${claims.length} received for this tender; hand ${values.out} over (sunseal mailbox)\n`,
  );
} else {
  const signer = signerFromKey(readKey(values.data, values.name));
  const store = openStore();
  const server = mailboxServer({
    log: await MailboxLog.open(store, signer),
    store,
    authorityPem: readFileSync(values.authority!, 'utf8'),
    now: () => instantFromMs(Date.now()),
  });
  const address = await server.listen({ port: Number(values.port), host: values.host });
  process.stdout.write(`the mailbox answers at ${address}; its log's key is ${signer.verifierKey}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}
