import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { localServer, natsBinary, natsServer, type TestNats } from '../../../test/support/nats.js';
import { eventOf, gate, until } from './bus-testing.js';
import { busContract } from './bus.contract.js';
import { NatsBus } from './nats-bus.js';
import { brokerPermissions, STREAM_NAME } from './nats-permissions.js';
import { startNatsServer } from './nats-server.js';

const nats = await natsServer();
const binary = await natsBinary();

/** A stream of another name would overlap over `evt.>`, so the one stream is emptied between tests. */
async function forgetStreams(url: string): Promise<void> {
  const connection = await connect({ servers: url });
  await (await jetstreamManager(connection)).streams.delete(STREAM_NAME);
  await connection.close();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

if ('skipped' in nats) {
  it.skip(`NATS: ${nats.skipped}`, () => undefined);
} else {
  afterAll(() => nats.stop());

  busContract('NATS', async () => {
    const buses: NatsBus[] = [];
    return {
      connect: async () => {
        const bus = await NatsBus.connect({ servers: nats.url });
        buses.push(bus);
        return bus;
      },
      end: async () => {
        await Promise.all(buses.map((bus) => bus.close()));
        await forgetStreams(nats.url);
      },
    };
  });

  describe('NATS', () => {
    it('keeps events for a durable consumer that is away', async () => {
      const bus = await NatsBus.connect({ servers: nats.url });
      const seen: number[] = [];
      const first = await bus.consume('audit', async (event) => void seen.push(event.seq));
      await bus.publish(eventOf(1));
      await until(() => seen.length === 1);
      await first.close();
      await bus.publish(eventOf(2));
      await bus.publish(eventOf(3));
      const second = await NatsBus.connect({ servers: nats.url });
      await second.consume('audit', async (event) => void seen.push(event.seq));
      await second.consume('vault', async (event) => void seen.push(event.seq * 10));
      await until(() => seen.length === 6);
      expect(seen.filter((seq) => seq < 10)).toEqual([1, 2, 3]);
      expect(seen.filter((seq) => seq >= 10)).toEqual([10, 20, 30]);
      await Promise.all([bus.close(), second.close()]);
      await forgetStreams(nats.url);
    });

    it('gives an event that one process could not handle to the next when it closes', async () => {
      const bus = await NatsBus.connect({ servers: nats.url });
      const failing = await NatsBus.connect({ servers: nats.url });
      const failed = gate();
      await failing.consume('audit', async () => {
        failed.open();
        throw new Error('for ever');
      });
      await bus.publish(eventOf(1));
      await failed.opened;
      const seen: number[] = [];
      await bus.consume('audit', async (event) => void seen.push(event.seq));
      await failing.close();
      await until(() => seen.length === 1);
      await bus.close();
      await forgetStreams(nats.url);
    });

    it('takes away what is no event without stopping the consumer', async () => {
      const errors: unknown[] = [];
      const bus = await NatsBus.connect({ servers: nats.url, onError: (error) => errors.push(error) });
      const seen: number[] = [];
      await bus.consume('audit', async (event) => void seen.push(event.seq));
      const stranger = await connect({ servers: nats.url });
      stranger.publish('evt.stranger.noise-made.v1', 'not JSON');
      await stranger.flush();
      await bus.publish(eventOf(1));
      await until(() => seen.length === 1);
      expect(errors).toHaveLength(1);
      await stranger.close();
      await bus.close();
      await forgetStreams(nats.url);
    });

    it('makes the stream and the consumers anew when they were deleted', async () => {
      const bus = await NatsBus.connect({ servers: nats.url });
      const seen: number[] = [];
      await bus.consume('audit', async (event) => void seen.push(event.seq));
      await bus.publish(eventOf(1));
      await until(() => seen.length === 1);
      await forgetStreams(nats.url);
      await bus.publish(eventOf(2));
      await until(() => seen.includes(2));
      expect(seen).toEqual([1, 2]);
      await bus.close();
      await forgetStreams(nats.url);
    });

    it('says bus.unavailable when there is no broker', async () => {
      const servers = `nats://127.0.0.1:${await freePort()}`;
      await expect(NatsBus.connect({ servers })).rejects.toMatchObject({ code: 'bus.unavailable' });
    });
  });
}

if ('missing' in binary) {
  it.skip(`NATS, own server: ${binary.missing}`, () => undefined);
} else {
  const { path } = binary;

  describe('NATS, own server', () => {
    it('survives the broker being stopped, emptied and started again', async () => {
      const port = await freePort();
      const dataDir = await mkdtemp(join(tmpdir(), 'sunseal-nats-'));
      const first = await startNatsServer({ binary: path, dataDir, port });
      const bus = await NatsBus.connect({ servers: first.url });
      const seen: number[] = [];
      await bus.consume('audit', async (event) => void seen.push(event.seq));
      await bus.serve('req.tester.echo.v1', 'tester', async (payload) => payload);
      await bus.publish(eventOf(1));
      await until(() => seen.length === 1);

      await first.stop();
      expect(await bus.health()).toMatchObject({ ok: false });
      await expect(bus.publish(eventOf(2))).rejects.toMatchObject({ code: 'bus.unavailable' });
      await rm(dataDir, { recursive: true });

      const second = await startNatsServer({ binary: path, dataDir, port });
      let isTaken = false;
      while (!isTaken)
        isTaken = await bus.publish(eventOf(2)).then(
          () => true,
          () => false,
        );
      await until(() => seen.includes(2));
      expect(seen).toEqual([1, 2]);
      expect(await bus.request('req.tester.echo.v1', 'again')).toBe('again');
      await bus.close();
      await second.stop();
      await rm(dataDir, { recursive: true });
    });

    it('closes although the broker has gone', async () => {
      const server = await localServer({ binary: path });
      const bus = await NatsBus.connect({ servers: server.url });
      await bus.consume('audit', async () => undefined);
      await bus.serve('req.tester.echo.v1', 'tester', async (payload) => payload);
      await server.stop();
      await bus.close();
    });
  });

  describe('NATS, broker users', () => {
    let server: TestNats;
    const pass = randomUUID();
    beforeAll(async () => {
      server = await localServer({
        binary: path,
        users: [
          { user: 'gateway', pass, ...brokerPermissions('gateway', ['req.>']) },
          { user: 'vault', pass, ...brokerPermissions('vault', []) },
          { user: 'audit', pass, ...brokerPermissions('audit', []) },
        ],
      });
    });
    afterAll(() => server.stop());
    const as = (user: string) => NatsBus.connect({ servers: server.url, user, pass });

    it('lets a service do its own work with the least permissions', async () => {
      const [gateway, vault, audit] = await Promise.all([as('gateway'), as('vault'), as('audit')]);
      const seen: string[] = [];
      await audit.consume('audit', async (event) => void seen.push(event.producer));
      await vault.serve('req.vault.place-bid.v1', 'vault', async () => 'placed');
      expect(await gateway.request('req.vault.place-bid.v1', {})).toBe('placed');
      await vault.publish(eventOf(1, { producer: 'vault', subject: 'evt.vault.bid-placed.v1' }));
      await until(() => seen.length === 1);
      await Promise.all([gateway, vault, audit].map((bus) => bus.close()));
    });

    it('refuses a service that sends events or requests in the name of another', async () => {
      const vault = await as('vault');
      const event = eventOf(1, { producer: 'audit', subject: 'evt.audit.entry-written.v1' });
      await expect(vault.publish(event)).rejects.toMatchObject({ code: 'bus.unavailable' });
      const request = vault.request('req.audit.append.v1', {}, { timeoutMs: 500 });
      await expect(request).rejects.toMatchObject({ code: expect.stringMatching(/^bus\./) });
      await vault.close();
    });

    it('refuses a wrong password', async () => {
      const wrong = NatsBus.connect({ servers: server.url, user: 'vault', pass: 'wrong' });
      await expect(wrong).rejects.toMatchObject({ code: 'bus.unavailable' });
    });
  });
}
