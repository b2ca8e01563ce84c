import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LIMITS } from '#contracts';
import { randomBody, RawTus } from '../support/raw-tus.js';
import { type UploadStage, uploadStage } from '../support/upload-stage.js';

const KIB = 1024;

describe('uploads refuse', () => {
  let stage: UploadStage;

  beforeAll(async () => void (stage = await uploadStage()), 180_000);

  afterAll(() => stage?.platform.close());

  it('bytes that are not what was announced, and forgets them', async () => {
    const tus = stage.tusOf(3);
    const body = await stage.newBody(3, 70 * KIB);
    const path = await tus.begin(body);
    const wrong = await tus.patch(path, 0, randomBody(70 * KIB).bytes);
    expect(wrong).toMatchObject({ status: 422, code: 'object.hash-mismatch' });
    expect((await tus.head(path)).status).toBe(410);
    expect(stage.isPlaced(body)).toBe(false);
    const anew = await tus.begin(body);
    expect((await tus.patch(anew, 0, body.bytes)).status).toBe(204);
    expect(stage.isPlaced(body)).toBe(true);
  });

  it('more bytes than were announced, with a length and without', async () => {
    const tus = stage.tusOf(3);
    const body = await stage.newBody(3, 10 * KIB);
    const path = await tus.begin(body);
    const more = Buffer.concat([body.bytes, Buffer.alloc(1)]);
    expect(await tus.patch(path, 0, more)).toMatchObject({ status: 413, code: 'request.too-large' });
    const chunked = await tus.patchChunked(path, 0, more);
    expect(chunked).toMatchObject({ status: 413, code: 'request.too-large' });
    expect(await tus.offset(path)).toBe(0);
    expect((await tus.send('DELETE', path)).status).toBe(204);
  });

  it('lengths that cannot be', async () => {
    const tus = stage.tusOf(3);
    const { sha256 } = randomBody(1);
    const sized = (length: number) => tus.create({ bytes: { length }, sha256 });
    expect(await sized(LIMITS.envelopeBytesMax + 1)).toMatchObject({
      status: 413,
      code: 'request.too-large',
    });
    expect(await sized(0)).toMatchObject({ status: 400, code: 'request.malformed' });
    expect(await sized(-1)).toMatchObject({ status: 400, code: 'request.malformed' });
    const noHash = await tus.create({ bytes: { length: 1 }, sha256: 'nothing' });
    expect(noHash).toMatchObject({ status: 400, code: 'request.malformed' });
  });

  it('an offset where the upload does not go on, and bytes after its end', async () => {
    const tus = stage.tusOf(3);
    const body = await stage.newBody(3, 10 * KIB);
    const path = await tus.begin(body);
    const ahead = await tus.patch(path, 1, body.bytes.subarray(1));
    expect(ahead).toMatchObject({ status: 409, code: 'upload.offset-wrong' });
    expect((await tus.patch(path, 0, body.bytes)).status).toBe(204);
    expect(await tus.patch(path, 0, body.bytes)).toMatchObject({ status: 409 });
    expect(await tus.patch(path, body.bytes.length, Buffer.alloc(1))).toMatchObject({ status: 413 });
    expect((await tus.patch(path, body.bytes.length, Buffer.alloc(0))).status).toBe(204);
    expect(await tus.send('DELETE', path)).toMatchObject({ status: 409, code: 'upload.finished' });
  });

  it('everyone but the bidder', async () => {
    const [mine, other] = [stage.tusOf(3), stage.tusOf(4)];
    const body = await stage.newBody(3, 10 * KIB);
    const path = await mine.begin(body);
    const unknown = path.replace(/[^/]+$/, randomUUID());
    for (const [method, headers] of [
      ['PATCH', { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }],
      ['DELETE', {}],
    ] as const) {
      const answers = [await other.send(method, path, headers), await mine.send(method, unknown, headers)];
      expect(answers.map(({ status, code }) => [status, code])).toEqual([
        [404, 'upload.unknown'],
        [404, 'upload.unknown'],
      ]);
    }
    expect((await other.head(path)).status).toBe(404);
    const nobody = new RawTus(mine.address, mine.folder, '');
    expect(await nobody.create(body)).toMatchObject({ status: 401, code: 'session.missing' });
    const foreign = await mine.create(body, { origin: 'https://elsewhere.example' });
    expect(foreign).toMatchObject({ status: 403, code: 'request.origin-foreign' });
    expect(await mine.offset(path)).toBe(0);
  });

  it('what is not tus', async () => {
    const tus = stage.tusOf(3);
    const path = await tus.begin(await stage.newBody(3, 10 * KIB));
    const old = await tus.send('HEAD', path, { 'tus-resumable': '0.2.2' });
    expect([old.status, old.headers.get('tus-version')]).toEqual([412, '1.0.0']);
    const json = { 'content-type': 'application/json', 'upload-offset': '0' };
    expect((await tus.send('PATCH', path, json, Buffer.from('{}'))).status).toBe(415);
    const text = { 'content-type': 'text/plain', 'upload-offset': '0' };
    expect((await tus.send('PATCH', path, text, Buffer.from('{}'))).status).toBe(415);
  });

  it('an upload whose time is over', async () => {
    const tus = stage.tusOf(4);
    const path = await tus.begin(await stage.newBody(4, 10 * KIB));
    await stage.platform.query('UPDATE gateway.upload SET expires_at = clock_timestamp() WHERE id = $1', [
      path.split('/').at(-1),
    ]);
    expect((await tus.head(path)).status).toBe(410);
    expect(await tus.patch(path, 0, Buffer.alloc(1))).toMatchObject({
      status: 410,
      code: 'upload.expired',
    });
  });

  it('the ninth unfinished upload', async () => {
    const tus = stage.tusOf(5);
    for (let count = 0; count < LIMITS.openUploadsMax; count++) await tus.begin(await stage.newBody(5, KIB));
    expect(await tus.create(await stage.newBody(5, KIB))).toMatchObject({
      status: 429,
      code: 'upload.too-many',
    });
  });
});
