import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLog } from '#service';
import { FileObjectStore } from '#storage';
import { LogBuilder, openEntry } from '../../../../libs/ledger/test-support/log-builder.js';
import { TlogReader } from '../../test-support/tlog-reader.js';
import { GatewayPorts } from '../gateway-ports.js';
import { LedgerController } from './ledger.controller.js';
import { ProblemFilter } from './problem.filter.js';

@Module({})
class ServingModule {}

describe('the ledger over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-serving-'));
  const store = new FileObjectStore({ root: folder, mutablePrefixes: ['ledger/'] });
  const log = new LogBuilder();
  let app: NestFastifyApplication;
  let reader: TlogReader;
  let port: number;

  const publish = async (): Promise<void> => {
    for (const [path, bytes] of log.files) await store.overwrite(`ledger/${path}`, bytes);
  };
  beforeAll(async () => {
    await log.append(Array.from({ length: 200 }, (_, i) => openEntry(i + 1)));
    await log.append(Array.from({ length: 400 }, (_, i) => openEntry(i + 201)));
    await publish();
    const ports = { store } as unknown as GatewayPorts;
    app = await NestFactory.create<NestFastifyApplication>(
      {
        module: ServingModule,
        controllers: [LedgerController],
        providers: [
          { provide: GatewayPorts, useValue: ports },
          { provide: APP_FILTER, useValue: new ProblemFilter(createLog('gateway', 'silent')) },
        ],
      },
      new FastifyAdapter(),
      { logger: false },
    );
    await app.listen(0, '127.0.0.1');
    port = parseInt(new URL(await app.getUrl()).port, 10);
    reader = new TlogReader(`http://127.0.0.1:${port}/ledger`);
  });
  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leads a reader that knows only the specification to the signed root', async () => {
    const { size, root } = await reader.checkpoint(log.signer.verifierKey);
    const leaves = await reader.leaves(size);
    expect(leaves).toHaveLength(600);
    expect(reader.root(leaves).equals(root)).toBe(true);
  });

  it('serves a checkpoint as text that is asked for again', async () => {
    const { headers } = await reader.fetch('checkpoint');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache');
  });

  it.each(['tile/0/000', 'tile/0/002.p/88', 'tile/1/000.p/2', 'tile/entries/000', 'tile/entries/002.p/88'])(
    'serves %s as bytes that never change',
    async (path) => {
      const { status, headers } = await reader.fetch(path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    },
  );

  it('goes on serving a partial tile of an earlier checkpoint when the full one is there', async () => {
    expect(
      (await reader.fetch('tile/0/000.p/200')).bytes.equals(
        (await reader.get('tile/0/000')).subarray(0, 6_400),
      ),
    ).toBe(true);
    expect((await reader.fetch('tile/entries/000.p/200')).status).toBe(200);
  });

  it('packs entry bundles for who takes gzip, and nothing for who does not', async () => {
    const [packed, plain, hashes] = await Promise.all([
      raw(port, 'tile/entries/000', 'gzip'),
      raw(port, 'tile/entries/000', 'identity'),
      raw(port, 'tile/0/000', 'gzip'),
    ]);
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(hashes.headers['content-encoding']).toBeUndefined();
    expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
  });

  it.each([
    'tile/0/003',
    'tile/0/002.p/87',
    'tile/0/002.p/0',
    'tile/2/000',
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'nothing',
  ])('answers 404 to %s, and nobody keeps that', async (path) => {
    const { status, headers } = await reader.fetch(path);
    expect(status).toBe(404);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });
});

interface Raw {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** `fetch` unpacks by itself; this shows what was sent. */
const raw = (port: number, path: string, encoding: string): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': encoding };
    httpRequest({ host: '127.0.0.1', port, path: `/ledger/${path}`, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.once('end', () => resolve({ headers: response.headers, bytes: Buffer.concat(chunks) }));
    })
      .once('error', reject)
      .end();
  });
