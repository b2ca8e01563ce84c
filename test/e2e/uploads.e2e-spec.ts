import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LIMITS } from '#contracts';
import { type UploadStage, uploadStage } from '../support/upload-stage.js';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('envelope bodies by tus', () => {
  let stage: UploadStage;

  beforeAll(async () => void (stage = await uploadStage()), 180_000);

  afterAll(() => stage?.platform.close());

  it('says what it speaks', async () => {
    const tus = stage.tusOf(0);
    const { status, headers } = await tus.send('OPTIONS', tus.folder);
    expect(status).toBe(204);
    expect(headers.get('tus-max-size')).toBe(String(LIMITS.envelopeBytesMax));
    expect(headers.get('tus-extension')).toBe('creation,termination,expiration');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('takes a body in parts and shows it complete', async () => {
    const tus = stage.tusOf(0);
    const body = await stage.newBody(0, 300 * KIB);
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

  it('is sent by the client in one call', async () => {
    const body = await stage.newBody(1, 20 * MIB);
    const progress: number[] = [];
    await stage.send(1, body, (sent) => progress.push(sent));
    expect(progress.at(-1)).toBe(body.bytes.length);
    expect(stage.isPlaced(body)).toBe(true);
  });

  it('is sent by the client from a file, and once only', async () => {
    const body = await stage.newBody(1, 3 * MIB);
    const path = join(stage.platform.dataDir, 'to-send');
    writeFileSync(path, body.bytes);
    await stage.sendFile(1, body, path);
    rmSync(path);
    await stage.sendFile(1, body, path);
    expect(stage.isPlaced(body)).toBe(true);
  });

  it('keeps everything that was received when the socket is cut, at every 64 KiB and at the last byte', async () => {
    const tus = stage.tusOf(0);
    const body = await stage.newBody(0, 640 * KIB);
    const path = await tus.begin(body);
    const last = body.bytes.length - 1;
    for (let at = 0; at < last; at = await tus.offset(path)) {
      const sent = Math.min(64 * KIB, last - at);
      await tus.cut(path, body, at, sent);
      await tus.reaches(path, at + sent);
      expect(stage.isPlaced(body)).toBe(false);
    }
    expect((await tus.patch(path, last, body.bytes.subarray(last))).status).toBe(204);
    expect(stage.isPlaced(body)).toBe(true);
  });

  it('is complete although the connection was cut after the last byte', async () => {
    const tus = stage.tusOf(0);
    const body = await stage.newBody(0, 100 * KIB);
    const path = await tus.begin(body);
    await tus.cut(path, body, 0, body.bytes.length);
    await tus.reaches(path, body.bytes.length);
    expect(stage.isPlaced(body)).toBe(true);
  });

  it('lets a sender of one byte a second have neither memory nor the upload', async () => {
    const tus = stage.tusOf(0);
    const body = await stage.newBody(0, 64 * KIB);
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
    const tus = stage.tusOf(0);
    const body = await stage.newBody(0, 256 * KIB);
    const path = await tus.begin(body);
    const first = await tus.open(path, 0, body.bytes.length);
    first.write(body.bytes.subarray(0, 100 * KIB));
    await sleep(200);
    expect(await tus.patch(path, 0, body.bytes)).toMatchObject({ status: 409, code: 'upload.offset-wrong' });
    first.destroy();
    expect(await tus.offset(path)).toBe(100 * KIB);
    expect((await tus.patch(path, 100 * KIB, body.bytes.subarray(100 * KIB))).status).toBe(204);
    expect(stage.isPlaced(body)).toBe(true);
  });

  it('goes on after kill −9 in the middle of a body', async () => {
    const body = await stage.newBody(1, 48 * MIB);
    let isKilled = false;
    let restarted: Promise<void> | undefined;
    const sending = stage.send(1, body, (sent) => {
      if (isKilled || sent < 20 * MIB) return;
      isKilled = true;
      const { process: child } = stage.platform.current();
      restarted = new Promise((done) => child.once('exit', done)).then(() => stage.platform.restart());
      child.kill('SIGKILL');
    });
    await sending;
    await restarted;
    expect(isKilled).toBe(true);
    expect(stage.isPlaced(body)).toBe(true);
    const [pieces] = await stage.platform.query<{ lost: string }>(
      `SELECT count(*) AS lost FROM gateway.upload WHERE sha256 = '${body.sha256}' AND finished_at IS NOT NULL`,
    );
    expect(pieces).toEqual({ lost: '1' });
  });

  it('stops without waiting for a body, keeps what came of it, and goes on after the start', async () => {
    const tus = stage.tusOf(1);
    const body = await stage.newBody(1, 300 * KIB);
    const path = await tus.begin(body);
    const socket = await tus.open(path, 0, body.bytes.length);
    socket.write(body.bytes.subarray(0, 200 * KIB));
    await sleep(500);
    await stage.platform.current().stop();
    await stage.platform.restart();
    expect(await tus.offset(path)).toBe(200 * KIB);
    expect((await tus.patch(path, 200 * KIB, body.bytes.subarray(200 * KIB))).status).toBe(204);
    socket.destroy();
  });

  it('takes 200 MB without holding them', async () => {
    const rss = (): number =>
      parseInt(
        /VmRSS:\s+(\d+)/.exec(
          readFileSync(`/proc/${stage.platform.current().process.pid}/status`, 'utf8'),
        )![1]!,
        10,
      ) / KIB;
    await stage.send(2, await stage.newBody(2, 20 * MIB));
    const body = await stage.newBody(2, 200 * MIB);
    const before = rss();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, rss())), 20);
    await stage.send(2, body);
    clearInterval(watch);
    expect(most - before).toBeLessThan(100);
    expect(stage.isPlaced(body)).toBe(true);
  });
});
