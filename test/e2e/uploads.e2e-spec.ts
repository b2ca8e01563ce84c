import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentKey } from '#kernel';
import { LIMITS } from '#contracts';
import { sendEnvelope } from '../../apps/cli/src/client/send-envelope.js';
import { openTender, type OpenTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { type Body, randomBody, RawTus } from '../support/raw-tus.js';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('envelope bodies by tus', () => {
  let platform: TestPlatform;
  let tender: OpenTender;

  const tusOf = (seat: number): RawTus =>
    new RawTus(
      () => platform.current().address,
      `/api/v1/tenders/${tender.tenderId}/envelopes`,
      tender.seats[seat]!.bidder.api.sessionHeaders()['cookie']!,
    );

  const send = (seat: number, { bytes, sha256 }: Body, onProgress?: (sent: number) => void): Promise<void> =>
    sendEnvelope({
      api: tender.seats[seat]!.bidder.api,
      tenderId: tender.tenderId,
      sha256,
      size: bytes.length,
      bytes,
      ...(onProgress ? { onProgress } : {}),
    });

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    tender = await openTender(platform, 60_000);
  }, 180_000);

  afterAll(() => platform?.close());

  it('says what it speaks', async () => {
    const tus = tusOf(0);
    const { status, headers } = await tus.send('OPTIONS', tus.folder);
    expect(status).toBe(204);
    expect(headers.get('tus-max-size')).toBe(String(LIMITS.envelopeBytesMax));
    expect(headers.get('tus-extension')).toBe('creation,termination,expiration');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('takes a body in parts and shows it complete', async () => {
    const tus = tusOf(0);
    const body = randomBody(300 * KIB);
    const created = await tus.create(body);
    expect(created).toMatchObject({ status: 201 });
    const path = created.headers.get('location')!;
    expect(path).toMatch(/^\/api\/v1\/tenders\/[0-9a-f-]{36}\/envelopes\/[0-9a-f-]{36}$/);
    expect(created.headers.get('upload-expires')).toMatch(/GMT$/);
    expect(await tus.offset(path)).toBe(0);
    const first = await tus.patch(path, 0, body.bytes.subarray(0, 100 * KIB));
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, String(100 * KIB)]);
    expect(await tus.offset(path)).toBe(100 * KIB);
    expect((await tus.patch(path, 100 * KIB, body.bytes.subarray(100 * KIB))).status).toBe(204);
    const { headers } = await tus.head(path);
    expect(headers.get('upload-offset')).toBe(headers.get('upload-length'));
    const again = await tus.create(body);
    expect([again.status, again.headers.get('upload-offset')]).toEqual([201, String(300 * KIB)]);
  });

  const isPlaced = ({ sha256 }: Body): boolean =>
    ['quarantine', 'envelopes'].some((prefix) =>
      existsSync(join(platform.dataDir, 'objects', contentKey(prefix, sha256))),
    );

  it('is sent by the client in one call', async () => {
    const body = randomBody(20 * MIB);
    const progress: number[] = [];
    await send(1, body, (sent) => progress.push(sent));
    expect(progress.at(-1)).toBe(body.bytes.length);
    expect(isPlaced(body)).toBe(true);
  });

  it('is sent by the client from a file, and once only', async () => {
    const body = randomBody(3 * MIB);
    const { api } = tender.seats[1]!.bidder;
    const path = join(platform.dataDir, 'to-send');
    writeFileSync(path, body.bytes);
    const { tenderId } = tender;
    const envelope = { api, tenderId, path, sha256: body.sha256, size: body.bytes.length };
    await sendEnvelope(envelope);
    rmSync(path);
    await sendEnvelope(envelope);
    expect(isPlaced(body)).toBe(true);
  });

  it('keeps everything that was received when the socket is cut, at every 64 KiB and at the last byte', async () => {
    const tus = tusOf(0);
    const body = randomBody(640 * KIB);
    const path = await tus.begin(body);
    const last = body.bytes.length - 1;
    for (let at = 0; at < last; at = await tus.offset(path)) {
      const sent = Math.min(64 * KIB, last - at);
      await tus.cut(path, body, at, sent);
      await tus.reaches(path, at + sent);
      expect(isPlaced(body)).toBe(false);
    }
    expect((await tus.patch(path, last, body.bytes.subarray(last))).status).toBe(204);
    expect(isPlaced(body)).toBe(true);
  });

  it('is complete although the connection was cut after the last byte', async () => {
    const tus = tusOf(0);
    const body = randomBody(100 * KIB);
    const path = await tus.begin(body);
    await tus.cut(path, body, 0, body.bytes.length);
    await tus.reaches(path, body.bytes.length);
    expect(isPlaced(body)).toBe(true);
  });

  it('lets a sender of one byte a second have neither memory nor the upload', async () => {
    const tus = tusOf(0);
    const body = randomBody(64 * KIB);
    const path = await tus.begin(body);
    const slow = await tus.open(path, 0, body.bytes.length);
    for (let at = 0; at < 3; at++) {
      slow.write(body.bytes.subarray(at, at + 1));
      await sleep(1_000);
    }
    expect(await tus.offset(path)).toBe(3);
    await once(slow.resume(), 'close');
    expect((await tus.patch(path, 3, body.bytes.subarray(3))).status).toBe(204);
  });

  it('lets one of two parallel requests on, and the other is told', async () => {
    const tus = tusOf(0);
    const body = randomBody(256 * KIB);
    const path = await tus.begin(body);
    const first = await tus.open(path, 0, body.bytes.length);
    first.write(body.bytes.subarray(0, 100 * KIB));
    await sleep(200);
    expect(await tus.patch(path, 0, body.bytes)).toMatchObject({ status: 409, code: 'upload.offset-wrong' });
    first.destroy();
    expect(await tus.offset(path)).toBe(100 * KIB);
    expect((await tus.patch(path, 100 * KIB, body.bytes.subarray(100 * KIB))).status).toBe(204);
    expect(isPlaced(body)).toBe(true);
  });

  it('goes on after kill −9 in the middle of a body', async () => {
    const body = randomBody(48 * MIB);
    let isKilled = false;
    let restarted: Promise<void> | undefined;
    const sending = send(1, body, (sent) => {
      if (isKilled || sent < 20 * MIB) return;
      isKilled = true;
      const { process: child } = platform.current();
      restarted = new Promise((done) => child.once('exit', done)).then(() => platform.restart());
      child.kill('SIGKILL');
    });
    await sending;
    await restarted;
    expect(isKilled).toBe(true);
    expect(isPlaced(body)).toBe(true);
    const [pieces] = await platform.query<{ lost: string }>(
      `SELECT count(*) AS lost FROM gateway.upload WHERE sha256 = '${body.sha256}' AND finished_at IS NOT NULL`,
    );
    expect(pieces).toEqual({ lost: '1' });
  });

  it('takes 200 MB without holding them', async () => {
    const rss = (): number =>
      parseInt(
        /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${platform.current().process.pid}/status`, 'utf8'))![1]!,
        10,
      ) / KIB;
    await send(2, randomBody(20 * MIB));
    const body = randomBody(200 * MIB);
    const before = rss();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, rss())), 20);
    await send(2, body);
    clearInterval(watch);
    process.stdout.write(`RSS ${before.toFixed(0)} MiB before, ${most.toFixed(0)} MiB at most\n`);
    expect(most - before).toBeLessThan(100);
    expect(isPlaced(body)).toBe(true);
  });

  describe('refuses', () => {
    it('bytes that are not what was announced, and forgets them', async () => {
      const tus = tusOf(3);
      const body = randomBody(70 * KIB);
      const path = await tus.begin(body);
      const wrong = await tus.patch(path, 0, randomBody(70 * KIB).bytes);
      expect(wrong).toMatchObject({ status: 422, code: 'object.hash-mismatch' });
      expect((await tus.head(path)).status).toBe(410);
      expect(isPlaced(body)).toBe(false);
      const anew = await tus.begin(body);
      expect((await tus.patch(anew, 0, body.bytes)).status).toBe(204);
      expect(isPlaced(body)).toBe(true);
    });

    it('more bytes than were announced, with a length and without', async () => {
      const tus = tusOf(3);
      const body = randomBody(10 * KIB);
      const path = await tus.begin(body);
      const more = Buffer.concat([body.bytes, Buffer.alloc(1)]);
      expect(await tus.patch(path, 0, more)).toMatchObject({ status: 413, code: 'request.too-large' });
      const chunked = await tus.patchChunked(path, 0, more);
      expect(chunked).toMatchObject({ status: 413, code: 'request.too-large' });
      expect(await tus.offset(path)).toBe(0);
      expect((await tus.send('DELETE', path)).status).toBe(204);
    });

    it('lengths that cannot be', async () => {
      const tus = tusOf(3);
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
      const tus = tusOf(3);
      const body = randomBody(10 * KIB);
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
      const [mine, other] = [tusOf(3), tusOf(4)];
      const body = randomBody(10 * KIB);
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
      const tus = tusOf(3);
      const path = await tus.begin(randomBody(10 * KIB));
      const old = await tus.send('HEAD', path, { 'tus-resumable': '0.2.2' });
      expect([old.status, old.headers.get('tus-version')]).toEqual([412, '1.0.0']);
      const json = { 'content-type': 'application/json', 'upload-offset': '0' };
      expect((await tus.send('PATCH', path, json, Buffer.from('{}'))).status).toBe(415);
      const text = { 'content-type': 'text/plain', 'upload-offset': '0' };
      expect((await tus.send('PATCH', path, text, Buffer.from('{}'))).status).toBe(415);
    });

    it('an upload whose time is over', async () => {
      const tus = tusOf(4);
      const path = await tus.begin(randomBody(10 * KIB));
      await platform.query('UPDATE gateway.upload SET expires_at = clock_timestamp() WHERE id = $1', [
        path.split('/').at(-1),
      ]);
      expect((await tus.head(path)).status).toBe(410);
      expect(await tus.patch(path, 0, Buffer.alloc(1))).toMatchObject({
        status: 410,
        code: 'upload.expired',
      });
    });

    it('the ninth unfinished upload', async () => {
      const tus = tusOf(5);
      for (let count = 0; count < LIMITS.openUploadsMax; count++) await tus.begin(randomBody(KIB));
      expect(await tus.create(randomBody(KIB))).toMatchObject({ status: 429, code: 'upload.too-many' });
    });
  });
});
