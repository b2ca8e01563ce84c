import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { S3ObjectStore, type StoreReport } from '#storage';
import { s3Store } from '../../../../test/support/object-store.js';

const server = await s3Store();
const folder = mkdtempSync(join(tmpdir(), 'sunseal-doctor-'));

interface Ended {
  readonly code: number;
  readonly said: string;
}

const doctor = (...args: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    const command = ['dist/apps/cli/src/main.js', 'storage', 'doctor', ...args];
    execFile(process.execPath, command, { encoding: 'utf8' }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), said: stdout + stderr });
    });
  });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('sunseal storage doctor on a folder', () => {
  it('says that files are tamper-evident only, not write-once', async () => {
    const { code, said } = await doctor('--folder', folder);
    expect(code).toBe(0);
    expect(said).toMatch(/tamper-evident only, not write-once/);
    expect(said).toMatch(/^write-once +fails/m);
  });

  it('does not make a folder that is missing', async () => {
    const { code, said } = await doctor('--folder', join(folder, 'missing'));
    expect(code).toBe(1);
    expect(said).toMatch(/ENOENT/);
  });

  it('explains itself where it is not said which store is meant', async () => {
    const { code, said } = await doctor('--bucket', 'alone');
    expect(code).toBe(2);
    expect(said).toMatch(/^Usage: sunseal storage doctor/);
  });
});

if ('skipped' in server) {
  it.skip(`sunseal storage doctor on S3: ${server.skipped}`, () => undefined);
} else {
  describe('sunseal storage doctor on S3', () => {
    const { endpoint, accessKey, secretKey, stop } = server;
    const bucket = `doctor-${randomUUID()}`;
    const secretFile = join(folder, 'secret');
    const on = (name: string): string[] => [
      '--endpoint',
      endpoint,
      '--bucket',
      name,
      '--access-key',
      accessKey,
      '--secret-file',
      secretFile,
    ];
    writeFileSync(secretFile, `${secretKey}\n`, { mode: 0o600 });
    afterAll(() => stop());

    it('ends with 0 where everything holds that is needed, and never says the secret', async () => {
      await S3ObjectStore.connect({ ...server, bucket, mutablePrefixes: [], createBucket: true });
      const { code, said } = await doctor(...on(bucket));
      expect(said).toMatch(/^locked-not-deletable +holds/m);
      expect(said).not.toContain(secretKey);
      expect(code).toBe(0);
    });

    it('ends with 1 where something does not, with all of it as JSON', async () => {
      const { code, said } = await doctor(...on('no-such-bucket'), '--json');
      expect(code).toBe(1);
      const report = JSON.parse(said) as StoreReport;
      expect(report).toMatchObject({ kind: 'S3', isSound: false, isWriteOnce: false });
      expect(report.findings.length).toBe(14);
    });
  });
}
