import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isDomainError } from '#kernel';
import { createCosigner, parseWitnessPolicy } from '#ledger';
import { FileObjectStore } from '#storage';
import { lockFolder } from './folder-lock.js';
import { Witness } from './witness.js';
import { readWitnessSeed, writeWitnessSeed } from './witness-key.js';
import { STATE_PREFIX, WitnessMemory } from './witness-memory.js';
import { witnessServer } from './witness-server.js';

const HELP = `Usage: node dist/apps/witness/src/main.js --name NAME --logs FILE --key FILE [options]

Cosigns checkpoints of ledgers for whoever should see one history and no other (c2sp.org/tlog-witness). Run it on a
machine of somebody else than the ledger's operator.

  --name NAME             name of the witness's key, such as witness.example.org/w1
  --logs FILE             logs to watch, in the format of c2sp.org/tlog-policy: lines "log KEY", and "quorum none"
  --key FILE              Ed25519 key: PKCS#8 PEM, or a seed in base64 that age encrypted under a passphrase
  --passphrase-file FILE  passphrase of the key file, in its first line; makes a new key where there is none
  --data DIR              what it remembers (default witness/); one process a folder, back up and never roll back
  --port N                HTTP port (default 8091; 0 lets the system choose)
  --host ADDRESS          address to listen on (default 127.0.0.1)
`;

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    logs: { type: 'string' },
    key: { type: 'string' },
    'passphrase-file': { type: 'string' },
    data: { type: 'string', default: 'witness' },
    port: { type: 'string', default: '8091' },
    host: { type: 'string', default: '127.0.0.1' },
    help: { type: 'boolean', default: false },
  },
});

async function start(name: string, logsFile: string, keyFile: string): Promise<void> {
  const { data, host, port, 'passphrase-file': passphraseFile } = values;
  await lockFolder(data);
  const passphrase =
    passphraseFile === undefined ? undefined : readFileSync(passphraseFile, 'utf8').split(/\r?\n/)[0]!;
  if (passphrase !== undefined && !existsSync(keyFile)) await writeWitnessSeed(keyFile, passphrase);
  const store = new FileObjectStore({ root: join(data, 'files'), mutablePrefixes: [STATE_PREFIX] });
  const witness = new Witness({
    memory: new WitnessMemory(store),
    cosigner: createCosigner(name, await readWitnessSeed(keyFile, passphrase)),
    verifiers: parseWitnessPolicy(readFileSync(logsFile, 'utf8')).logs.map(({ verifier }) => verifier),
    unixSeconds: () => Math.floor(Date.now() / 1000),
  });
  const server = witnessServer(witness, (error) => process.stderr.write(`${reasonOf(error)}\n`));
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(Number(port), host, listening);
  });
  const { port: chosen } = server.address() as AddressInfo;
  process.stdout.write(
    `the witness answers at http://${host}:${chosen}; its key is ${witness.verifierKey}\n`,
  );
  const stop = (): void => {
    server.close();
    server.closeIdleConnections();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

const reasonOf = (error: unknown): string =>
  isDomainError(error)
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? error.message
      : String(error);

if (values.help || values.name === undefined || values.logs === undefined || values.key === undefined) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 2;
} else {
  try {
    await start(values.name, values.logs, values.key);
  } catch (error) {
    process.stderr.write(`witness: ${reasonOf(error)}\n`);
    process.exitCode = 1;
  }
}
