import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LIMITS } from '#contracts';
import { sendEnvelope } from '../../apps/cli/src/client/send-envelope.js';
import { openTender, type OpenTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { randomBody, RawTus } from '../support/raw-tus.js';

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

  it('is sent by the client in one call', async () => {
    const body = randomBody(20 * MIB);
    const { api } = tender.seats[1]!.bidder;
    const progress: number[] = [];
    await sendEnvelope({
      api,
      tenderId: tender.tenderId,
      sha256: body.sha256,
      size: body.bytes.length,
      bytes: body.bytes,
      onProgress: (sent) => progress.push(sent),
    });
    expect(progress.at(-1)).toBe(body.bytes.length);
  });
});
