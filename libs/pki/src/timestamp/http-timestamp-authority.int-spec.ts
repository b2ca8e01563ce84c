import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { toHex } from '#kernel';
import { OpensslTimestamps } from '../../test-support/openssl-timestamps.js';
import { type Answer, send, timestampServer } from '../../test-support/timestamp-server.js';
import { HttpTimestampAuthority, type HttpTimestampSettings } from './http-timestamp-authority.js';
import { timestampRequest } from './timestamp-exchange.js';
import { verifyTimestamp } from './verify-timestamp.js';

const sha256 = new Uint8Array(createHash('sha256').update('a promise').digest());
const UNAVAILABLE = 'timestamp.unavailable';

describe('the time-stamp authority over HTTP, with OpenSSL behind it', () => {
  let openssl: OpensslTimestamps;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(() => {
    openssl = new OpensslTimestamps();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  afterAll(() => openssl.close());

  const stamps: Answer = ({ body }, response) => send(response, openssl.reply(body));

  async function authority(answer: Answer, settings: Partial<HttpTimestampSettings> = {}) {
    const server = await timestampServer(answer);
    closing.push(server.close);
    const { url, requests } = server;
    const authorityPem = openssl.pem('root');
    const client = new HttpTimestampAuthority({ url, timeoutMs: 20_000, authorityPem, ...settings });
    return { stamp: (signal?: AbortSignal) => client.stamp(sha256, signal), requests, url };
  }

  it('stamps, and OpenSSL verifies what it gives', async () => {
    const { stamp, requests } = await authority(stamps);
    const token = await stamp();
    await expect(
      verifyTimestamp({ token, sha256, authorityPem: openssl.pem('root') }),
    ).resolves.toMatchObject({ policy: '1.2.3.4.1' });
    openssl.write('given.tst', token);
    const digest = ['-digest', toHex(sha256), '-CAfile', 'root.pem'];
    expect(openssl.openssl('ts', '-verify', '-token_in', '-in', 'given.tst', ...digest)).toContain('OK');
    expect(requests).toMatchObject([{ method: 'POST', contentType: 'application/timestamp-query' }]);
  });

  it('asks for SHA-256 with a nonce of its own each time, and for the certificate', async () => {
    const { stamp, requests } = await authority(stamps);
    for (const _ of [1, 2]) await stamp();
    const shown = requests.map(({ body }) => {
      openssl.write('shown.tsq', body);
      return openssl.openssl('ts', '-query', '-in', 'shown.tsq', '-text');
    });
    for (const text of shown) {
      expect(text).toContain('Hash Algorithm: sha256');
      expect(text).toContain('Certificate required: yes');
    }
    const nonces = shown.map((text) => /Nonce: 0x([0-9A-F]{32})/.exec(text)?.[1]);
    expect(new Set(nonces).size).toBe(2);
  });

  it('takes a stamp under the policy that it asked for and under no other', async () => {
    const wanted = '1.2.3.4.9';
    const settings = { other_policies: wanted };
    const right = await authority(({ body }, response) => send(response, openssl.reply(body, { settings })), {
      policy: wanted,
    });
    await expect(
      verifyTimestamp({ token: await right.stamp(), sha256, authorityPem: openssl.pem('root') }),
    ).resolves.toMatchObject({ policy: wanted });
    const wrong = await authority(
      ({ body }, response) => {
        openssl.write('policy.tsq', body);
        const text = openssl.openssl('ts', '-query', '-in', 'policy.tsq', '-text');
        const nonce = new Uint8Array(Buffer.from(/Nonce: 0x([0-9A-F]{32})/.exec(text)![1]!, 'hex'));
        send(response, openssl.reply(timestampRequest(sha256, nonce)));
      },
      { policy: wanted },
    );
    await expect(wrong.stamp()).rejects.toMatchObject({ code: 'timestamp.other-policy' });
  });

  it('ends an exchange when it is told to, whatever the authority does', async () => {
    const silent = await authority(() => undefined);
    const stopped = new AbortController();
    const asked = silent.stamp(stopped.signal);
    stopped.abort();
    await expect(asked).rejects.toMatchObject({ code: UNAVAILABLE });
  });

  it('takes no answer that was given to another request', async () => {
    let first: Uint8Array | undefined;
    const { stamp } = await authority(({ body }, response) => {
      first ??= openssl.reply(body);
      send(response, first);
    });
    await expect(stamp()).resolves.toBeDefined();
    await expect(stamp()).rejects.toMatchObject({ code: 'timestamp.other-request' });
    openssl.openssl(
      'ts',
      '-query',
      '-digest',
      toHex(sha256),
      '-sha256',
      '-no_nonce',
      '-cert',
      '-out',
      'bare.tsq',
    );
    const bare = await authority((_, response) => send(response, openssl.reply(openssl.read('bare.tsq'))));
    await expect(bare.stamp()).rejects.toMatchObject({ code: 'timestamp.other-request' });
  });

  it('takes no stamp for something else, of someone else, or forged', async () => {
    const digest = ['-digest', '00'.repeat(32), '-sha256', '-cert', '-out', 'other.tsq'];
    openssl.openssl('ts', '-query', ...digest);
    const other = await authority((_, response) => send(response, openssl.reply(openssl.read('other.tsq'))));
    await expect(other.stamp()).rejects.toMatchObject({ code: 'timestamp.other-content' });

    const stranger = new OpensslTimestamps();
    const strange = await authority(({ body }, response) => send(response, stranger.reply(body)));
    await expect(strange.stamp()).rejects.toMatchObject({ code: 'timestamp.authority-untrusted' });
    stranger.close();

    const forged = await authority(({ body }, response) => {
      const answer = Uint8Array.from(openssl.reply(body));
      answer[answer.length - 1]! ^= 1;
      send(response, answer);
    });
    await expect(forged.stamp()).rejects.toMatchObject({ code: 'timestamp.signature-invalid' });
  });

  it('tells that the authority refused', async () => {
    const { stamp } = await authority(({ body }, response) =>
      send(response, openssl.reply(body, { settings: { digests: 'sha512' } })),
    );
    await expect(stamp()).rejects.toMatchObject({ code: 'timestamp.refused', details: { status: 2 } });
  });

  it('is unavailable where the answer is an error, another kind of document, or leads elsewhere', async () => {
    const cases: Answer[] = [
      (_, response) => void response.writeHead(500).end('no'),
      (_, response) => void response.writeHead(404).end(),
      (_, response) => void response.writeHead(204).end(),
      ({ body }, response) => send(response, openssl.reply(body), 'text/html'),
      ({ body }, response) => send(response, openssl.reply(body), ''),
      (_, response) => void response.destroy(),
    ];
    for (const answer of cases)
      await expect((await authority(answer)).stamp()).rejects.toMatchObject({ code: UNAVAILABLE });

    const there = await authority(stamps);
    const away = await authority(
      (_, response) => void response.writeHead(307, { location: there.url }).end(),
    );
    await expect(away.stamp()).rejects.toMatchObject({ code: UNAVAILABLE });
    expect(there.requests).toEqual([]);
    await Promise.all(closing.splice(0).map((close) => close()));
    await expect(there.stamp()).rejects.toMatchObject({ code: UNAVAILABLE });
  });

  it('is malformed where the answer is garbage', async () => {
    const cases = [
      new Uint8Array(),
      Buffer.from('garbage'),
      Buffer.alloc(1000, 0x30),
      Buffer.from('3003020100', 'hex'),
    ];
    for (const garbage of cases) {
      const { stamp } = await authority((_, response) => send(response, garbage));
      await expect(stamp()).rejects.toMatchObject({ code: 'timestamp.malformed' });
    }
    const granted = await authority((_, response) => send(response, Buffer.from('30053003020100', 'hex')));
    await expect(granted.stamp()).rejects.toMatchObject({
      code: 'timestamp.malformed',
      message: expect.stringContaining('holds none'),
    });
  });

  it('stops reading an answer that is too large, without waiting for its end', async () => {
    let isClosed: Promise<void> | undefined;
    const { stamp } = await authority((_, response) => {
      isClosed = new Promise((resolve) => response.on('close', resolve));
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
      const part = Buffer.alloc(16 * 1024, 0x30);
      const more = (): void => {
        while (!response.destroyed && response.write(part));
      };
      response.on('drain', more);
      more();
    });
    await expect(stamp()).rejects.toMatchObject({
      code: UNAVAILABLE,
      message: expect.stringContaining('65536 bytes'),
    });
    await isClosed;
  });

  it('does not wait longer than it is told, for the first byte or the last', async () => {
    for (const begins of [false, true]) {
      const { stamp } = await authority(
        (_, response) => {
          if (begins) response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).write('0');
        },
        { timeoutMs: 200 },
      );
      await expect(stamp()).rejects.toMatchObject({ code: UNAVAILABLE });
    }
  });

  it('is made for plain web addresses alone', () => {
    for (const url of ['file:///etc/passwd', 'ftp://x/', 'http://name:word@x/', 'javascript:0'])
      expect(() => new HttpTimestampAuthority({ url, timeoutMs: 1, authorityPem: '' })).toThrow('address');
    expect(() => new HttpTimestampAuthority({ url: 'x', timeoutMs: 1, authorityPem: '' })).toThrow();
  });
});
