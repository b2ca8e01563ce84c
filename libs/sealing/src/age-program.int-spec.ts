import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identityToRecipient } from 'age-encryption';
import { nodeAgeEngine } from '#sealing/node';
import { ensureDebianPackage } from '../../../test/support/debian-packages.js';
import { allShares, CLOSE, committeeOf, PARTS, seal } from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { inOnePiece, inPieces } from '../test-support/streams.js';
import { combineShares } from './combine.js';
import { unpackEnvelope } from './envelope-content.js';
import { createOwnKey } from './envelope-key.js';
import type { SealedEnvelope } from './seal.js';

const random = randomStream('age program');
const committee = committeeOf(5, 3, random);

const found = await ensureDebianPackage('age', ['age']);
if ('path' in found) describe('Debian’s age', () => opensWhatWasSealed(found.path));
else if (process.env['CI'] === 'true') throw new Error(found.missing);
else it.skip(`Debian’s age: ${found.missing}`, () => undefined);

function opensWhatWasSealed(age: string): void {
  let folder: string;
  let sealed: SealedEnvelope;
  let published: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sunseal-age-'));
    sealed = await seal(committee, random);
    writeFileSync(join(folder, 'bid.age'), sealed.ciphertext);
    const { descriptor } = committee;
    const { manifest } = sealed;
    const shares = allShares(committee, manifest, random).slice(0, 3);
    published = combineShares({ descriptor, manifest, closeEntrySha256: CLOSE, shares });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function decrypt(identity: string): Buffer {
    const key = join(folder, 'identity');
    writeFileSync(key, `${identity}\n`, { mode: 0o600 });
    return execFileSync(age, ['-d', '-i', key, join(folder, 'bid.age')], {
      maxBuffer: 2 ** 24,
      stdio: 'pipe',
    });
  }

  it.each([
    ['published identity', () => published],
    ['bidder’s rescue identity', () => sealed.rescueIdentity],
  ])('opens a bid with the %s', async (_what, identity) => {
    const parts = await unpackEnvelope(new Uint8Array(decrypt(identity())));
    expect(parts.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual(
      PARTS.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
    );
  });

  it('gives content that tar lists', () => {
    const { status, stdout } = spawnSync('tar', ['-t'], {
      input: decrypt(published),
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['toc.json', 'empty.txt', 'padding']));
  });

  it('opens what the engine for Node sealed, and writes what it opens', async () => {
    const { ciphertext, rescueIdentity } = await seal(committee, random, { engine: nodeAgeEngine });
    writeFileSync(join(folder, 'bid.age'), ciphertext);
    const content = decrypt(rescueIdentity);
    expect(await unpackEnvelope(new Uint8Array(content))).toHaveLength(PARTS.length);
    const recipient = await identityToRecipient(rescueIdentity);
    const file = execFileSync(age, ['-r', recipient], { input: content, maxBuffer: 2 ** 24 });
    const opened = await inOnePiece(nodeAgeEngine.decrypt(inPieces(file, 10_000), rescueIdentity));
    expect(Buffer.compare(opened, content)).toBe(0);
    writeFileSync(join(folder, 'bid.age'), sealed.ciphertext);
  });

  it('opens both layers one after the other, where there is a key of the bidder’s own', async () => {
    const keyed = { descriptor: { ...committee.descriptor, rules: { bidderKey: true } } };
    const { ciphertext, rescueIdentity, bidderIdentity } = await seal(keyed, random);
    writeFileSync(join(folder, 'bid.age'), ciphertext);
    const inside = decrypt(rescueIdentity);
    writeFileSync(join(folder, 'bid.age'), inside);
    expect(await unpackEnvelope(new Uint8Array(decrypt(bidderIdentity!)))).toHaveLength(PARTS.length);
    writeFileSync(join(folder, 'bid.age'), sealed.ciphertext);
  });

  it('does not open it with another identity', async () => {
    const { identity } = await createOwnKey(random);
    expect(() => decrypt(identity)).toThrow(/no identity matched/);
  });
}
