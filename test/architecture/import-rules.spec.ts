import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const ROOT = process.cwd();
const LIBRARIES = [
  'kernel',
  'contracts',
  'sealing',
  'ledger',
  'evaluation',
  'pki',
  'verify',
  'bus',
  'storage',
  'database',
  'service',
];

/** One counter-example for each rule: the file that breaks it and what it says. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['no-circular', 'libs/bus/src/one.ts', "export { two as one } from './two.js';"],
  ['must-resolve', 'libs/bus/src/lost.ts', "import './nowhere.js';"],
  ['kernel-imports-nothing-of-ours', 'libs/kernel/src/up.ts', "import '#contracts';"],
  ['contracts-import-nothing-of-ours', 'libs/contracts/src/down.ts', "import '#kernel';"],
  ['contracts-use-zod-alone', 'libs/contracts/src/log.ts', "import 'pino';"],
  ['pure-libraries-import-kernel-and-contract-types', 'libs/sealing/src/tell.ts', "import '#ledger';"],
  [
    'pure-libraries-take-only-types-from-contracts',
    'libs/sealing/src/value.ts',
    "import { thing } from '#contracts';\nexport const other = thing;",
  ],
  ['pure-libraries-run-in-a-browser', 'libs/ledger/src/file.ts', "import 'node:fs';"],
  ['pure-libraries-run-in-a-browser', 'apps/vault/src/domain/file.ts', "import 'node:fs';"],
  ['pure-libraries-run-in-a-browser', 'libs/verify/src/file.ts', "import 'node:fs';"],
  ['verify-imports-what-outsiders-have', 'libs/verify/src/store.ts', "import '#storage';"],
  ['node-forms-outside-pure-code', 'apps/vault/src/domain/engine.ts', "import '#sealing/node';"],
  ['no-nest-in-pure-code', 'libs/evaluation/src/nest.ts', "import '@nestjs/common';"],
  ['no-nest-in-pure-code', 'apps/vault/src/domain/nest.ts', "import '@nestjs/core';"],
  ['technology-libraries-import-kernel-and-contracts', 'libs/bus/src/row.ts', "import '#database';"],
  ['libraries-import-no-app', 'libs/pki/src/app.ts', "import '../../../apps/audit/src/plain.js';"],
  ['service-imports-its-four-libraries', 'libs/service/src/seal.ts', "import '#sealing';"],
  ['apps-import-no-other-app', 'apps/vault/src/neighbour.ts', "import '../../audit/src/plain.js';"],
  ['standalone-imports-modules-alone', 'apps/standalone/src/deep.ts', "import '../../audit/src/plain.js';"],
  [
    'libraries-through-their-index',
    'apps/vault/src/inside.ts',
    "import '../../../libs/kernel/src/inner.js';",
  ],
  ['domain-is-pure', 'apps/vault/src/domain/keys.ts', "import '#pki';"],
  ['domain-is-pure', 'apps/vault/src/domain/case.ts', "import '../use-cases/plain.js';"],
  [
    'domain-takes-only-types-from-contracts',
    'apps/vault/src/domain/value.ts',
    "import { thing } from '#contracts';\nexport const other = thing;",
  ],
  ['use-cases-know-no-adapter', 'apps/vault/src/use-cases/row.ts', "import '../persistence/plain.js';"],
  [
    'use-cases-take-only-types-from-technology',
    'apps/vault/src/use-cases/value.ts',
    "import { thing } from '#storage';\nexport const other = thing;",
  ],
  ['no-nest-in-use-cases', 'apps/vault/src/use-cases/nest.ts', "import '@nestjs/common';"],
  ['persistence-serves-the-ports', 'apps/vault/src/persistence/bus.ts', "import '#bus';"],
  ['messaging-calls-use-cases', 'apps/vault/src/messaging/row.ts', "import '../persistence/plain.js';"],
  ['clients-import-contracts-and-pure-libraries', 'apps/cli/src/rows.ts', "import '#database';"],
  ['clients-reach-no-store', 'apps/cli/src/objects.ts', "import '#storage';"],
  ['no-nest-in-clients', 'apps/cli/src/nest.ts', "import '@nestjs/common';"],
  ['declared-packages-alone', 'apps/vault/src/tool.ts', "import 'typescript';"],
  ['typeorm-in-its-room', 'apps/vault/src/use-cases/typeorm.ts', "import 'typeorm';"],
  ['nats-io-in-its-room', 'libs/service/src/nats.ts', "import '@nats-io/transport-node';"],
  ['minio-in-its-room', 'apps/gateway/src/minio.ts', "import 'minio';"],
  ['pg-embedded-postgres-in-its-room', 'apps/vault/src/persistence/pg.ts', "import 'pg';"],
];

/** What the rules must let pass. */
const ALLOWED: readonly (readonly [file: string, text: string])[] = [
  ...LIBRARIES.map((name) => [`libs/${name}/src/index.ts`, 'export const thing = 1;'] as const),
  ['libs/bus/src/two.ts', "export { one as two } from './one.js';"],
  ['libs/kernel/src/inner.ts', 'export const inner = 1;'],
  [
    'libs/sealing/src/fine.ts',
    "import type { thing } from '#contracts';\nimport '#kernel';\nexport type T = typeof thing;",
  ],
  ['libs/sealing/node/index.ts', "import 'node:crypto';\nimport '../src/fine.js';"],
  ['apps/vault/src/use-cases/engine.ts', "import '#sealing/node';"],
  ['libs/verify/src/fine.ts', "import '#pki';\nimport '#ledger';"],
  ['libs/storage/src/fine.ts', "import 'minio';\nimport '#kernel';"],
  ['apps/cli/src/commands/storage.ts', "import '#storage';"],
  ['apps/audit/src/plain.ts', 'export const plain = 1;'],
  ['apps/audit/src/audit.module.ts', "import '@nestjs/common';\nimport '#service';"],
  ['apps/standalone/src/fine.ts', "import '../../audit/src/audit.module.js';"],
  [
    'apps/vault/src/use-cases/plain.ts',
    "import type { thing } from '#storage';\nexport type T = typeof thing;",
  ],
  ['apps/vault/src/domain/fine.ts', "import '#kernel';\nimport '#sealing';"],
  ['apps/vault/src/persistence/plain.ts', "import 'typeorm';\nimport '#database';"],
];

interface Cruise {
  readonly summary: {
    readonly violations: readonly { from: string; rule: { name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { name: string; comment?: string }[] };
  };
}

const folder = mkdtempSync(join(tmpdir(), 'sunseal-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cruisePlanted(): Cruise {
  for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
    copyFileSync(join(ROOT, name), join(folder, name));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const files = [...ALLOWED, ...PLANTED.map(([, file, text]) => [file, text] as const)];
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  }
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Cruise;
}

const { violations, ruleSetUsed } = cruisePlanted().summary;
const brokenBy = (file: string): string[] =>
  violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

describe('who may import whom', () => {
  it.each(PLANTED)('%s is held against %s', (rule, file) => {
    expect(brokenBy(file)).toContain(rule);
  });

  it('lets pass what the table allows', () => {
    const files = ALLOWED.map(([file]) => file).filter((file) => file !== 'libs/bus/src/two.ts');
    expect(files.flatMap((file) => brokenBy(file).map((rule) => `${file}: ${rule}`))).toEqual([]);
  });

  it('has a counter-example and a reason for each rule', () => {
    const planted = new Set(PLANTED.map(([rule]) => rule));
    expect(ruleSetUsed.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
    expect(ruleSetUsed.forbidden.filter(({ comment }) => !comment)).toEqual([]);
  });
});
