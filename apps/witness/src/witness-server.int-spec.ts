import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ADD_CHECKPOINT_BYTES_MAX,
  cosignedAt,
  createCosigner,
  createSigner,
  formatAddCheckpoint,
  openCheckpoint,
  readCosignatures,
  signCheckpoint,
  TileReader,
} from '#ledger';
import { FileObjectStore } from '#storage';
import { LogBuilder, openEntry } from '../../../libs/ledger/test-support/log-builder.js';
import { readVectors } from '../../../libs/ledger/test-support/vectors.js';
import { Witness } from './witness.js';
import { readWitnessSeed, writeWitnessSeed } from './witness-key.js';
import { STATE_PREFIX, WitnessMemory } from './witness-memory.js';
import { witnessServer } from './witness-server.js';

const NOW = 1_767_000_000;
const cosigner = createCosigner('witness.test/w', new Uint8Array(32).fill(3));
const published = readVectors<{ request: string }>('tlog-witness').request;

describe('a witness over HTTP', () => {
  const log = new LogBuilder();
  const forked = new LogBuilder();
  const notes: Record<number, string> = {};
  const forks: Record<number, string> = {};
  let folder: string;
  let server: Server;
  let address: string;
  const failures: unknown[] = [];

  beforeAll(async () => {
    notes[0] = await log.append([]);
    for (const size of [1, 2, 3, 4, 5]) {
      notes[size] = await log.append([openEntry(size)]);
      forks[size] = await forked.append([openEntry(size, size > 3 ? { type: 'other' } : {})]);
    }
  });

  async function start(): Promise<void> {
    const store = new FileObjectStore({ root: folder, mutablePrefixes: [STATE_PREFIX] });
    const verifiers = [log.signer.verifier];
    const witness = new Witness({
      memory: new WitnessMemory(store),
      cosigner,
      verifiers,
      unixSeconds: () => NOW,
    });
    server = witnessServer(witness, (error) => failures.push(error));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const stop = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(() => closed()));
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sunseal-witness-'));
    failures.length = 0;
    await start();
  });
  afterEach(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function post(body: string | Uint8Array) {
    const answer = await fetch(`${address}/add-checkpoint`, { method: 'POST', body: body as BodyInit });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  }
  async function add(oldSize: number, size: number, from = log, all = notes) {
    const isEmpty = oldSize === 0 || oldSize >= size;
    const proof = isEmpty ? [] : await new TileReader(from.readFile, size).consistencyProof(oldSize);
    return post(formatAddCheckpoint({ oldSize, proof, checkpoint: all[size]! }));
  }
  const evidence = (kind: string): string[] => {
    try {
      const found = readdirSync(join(folder, 'evidence', kind), { recursive: true, withFileTypes: true });
      return found.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    } catch {
      return [];
    }
  };

  it('cosigns what continues the log, with its own time, and remembers it over a restart', async () => {
    const first = await add(0, 2);
    expect(first).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8' });
    const [line] = readCosignatures(notes[2]!, first.text, [cosigner.verifier]);
    expect(cosignedAt(line!)).toBe(NOW);
    await stop();
    await start();
    expect((await add(2, 5)).status).toBe(200);
    expect((await add(5, 5)).status).toBe(200);
    const told = (await (await fetch(address)).json()) as object;
    const { name: origin, verifierKey } = log.signer;
    expect(told).toEqual({
      verifierKey: cosigner.verifier.verifierKey,
      logs: [{ origin, verifierKeys: [verifierKey], size: 5, forks: 0 }],
    });
  });

  it('answers as the specification says to the published request, whose log it does not know', async () => {
    expect((await post(published)).status).toBe(404);
    expect((await post(published.replace('old 20852014', 'old 020852014'))).status).toBe(400);
  });

  it('answers 400, 403, 409 with the size that it knows, and 422, each in its case', async () => {
    await add(0, 4);
    const stranger = createSigner(log.signer.name, new Uint8Array(32).fill(8));
    const { size, root, origin } = openCheckpoint(notes[5]!, [log.signer.verifier]);
    const foreign = signCheckpoint({ origin, size, root }, stranger);
    expect((await post(formatAddCheckpoint({ oldSize: 4, proof: [], checkpoint: foreign }))).status).toBe(
      403,
    );
    expect((await post('nonsense')).status).toBe(400);
    expect((await add(5, 3)).status).toBe(400);
    expect(await add(3, 5)).toEqual({ status: 409, type: 'text/x.tlog.size', text: '4\n' });
    expect(await add(0, 3)).toEqual({ status: 409, type: 'text/x.tlog.size', text: '4\n' });
    expect((await post(formatAddCheckpoint({ oldSize: 4, proof: [], checkpoint: notes[5]! }))).status).toBe(
      422,
    );
    expect((await add(4, 5)).status).toBe(200);
  });

  it('takes no body above its limit, and knows no other address or method', async () => {
    expect((await post('x'.repeat(ADD_CHECKPOINT_BYTES_MAX + 1))).status).toBe(413);
    expect((await post('x'.repeat(ADD_CHECKPOINT_BYTES_MAX))).status).toBe(400);
    expect((await fetch(`${address}/other`)).status).toBe(404);
    expect((await fetch(`${address}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);
  });

  it('refuses a fork for ever and keeps both checkpoints that the log signed', async () => {
    await add(0, 4);
    for (let again = 0; again < 3; again++) {
      expect((await add(4, 4, forked, forks)).status).toBe(409);
      expect((await add(4, 5, forked, forks)).status).toBe(422);
      await stop();
      await start();
    }
    expect((await add(4, 5)).status).toBe(200);
    const [file, ...others] = evidence('fork');
    expect(others).toEqual([]);
    const { remembered, offered } = JSON.parse(readFileSync(file!, 'utf8')) as Record<string, string>;
    const [one, other] = [remembered!, offered!].map((note) => openCheckpoint(note, [log.signer.verifier]));
    expect(one!.size).toBe(other!.size);
    expect(one!.root).not.toEqual(other!.root);
    expect(evidence('unproven')).toHaveLength(1);
    const { logs } = (await (await fetch(address)).json()) as { logs: { forks: number }[] };
    expect(logs[0]!.forks).toBe(1);
  });

  it('holds nothing against a log that a stranger says', async () => {
    await add(0, 4);
    await post(
      formatAddCheckpoint({ oldSize: 4, proof: [], checkpoint: notes[4]!.replace('\n4\n', '\n5\n') }),
    );
    await add(3, 5);
    expect([...evidence('fork'), ...evidence('unproven')]).toEqual([]);
  });

  it('signs one of two histories that come at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? add(0, 5) : add(0, 5, forked, forks))),
    );
    const signed = answers.filter(({ status }) => status === 200);
    expect(signed.length).toBe(1);
  });

  it('signs nothing when its memory was damaged', async () => {
    await add(0, 4);
    const [file] = readdirSync(join(folder, 'state'));
    const path = join(folder, 'state', file!);
    const text = readFileSync(path, 'utf8');
    for (const damaged of ['', text.slice(0, -20), text.replace('"size":4', '"size":3')]) {
      rmSync(path);
      writeFileSync(path, damaged);
      expect((await add(4, 5)).status).toBe(500);
    }
    expect(failures).toHaveLength(3);
    expect(failures[0]).toMatchObject({ code: 'witness.state-malformed' });
  });

  it('survives a caller that goes away in the middle', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /add-checkpoint HTTP/1.1\r\nhost: w\r\ncontent-length: 500\r\n\r\nold 0\n');
    await new Promise((wait) => setTimeout(wait, 50));
    socket.destroy();
    expect((await add(0, 1)).status).toBe(200);
  });

  it('has its key in a file under a passphrase, and in no other', async () => {
    const file = join(folder, 'key.age');
    await writeWitnessSeed(file, 'correct horse');
    const seed = await readWitnessSeed(file, 'correct horse');
    expect(seed).toHaveLength(32);
    expect(await readWitnessSeed(file, 'correct horse')).toEqual(seed);
    for (const passphrase of ['wrong', undefined]) {
      await expect(readWitnessSeed(file, passphrase)).rejects.toMatchObject({
        code: 'witness.key-malformed',
      });
    }
    await expect(writeWitnessSeed(file, 'again')).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
