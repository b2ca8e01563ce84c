import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventEnvelope } from '#contracts';
import { eventOf, gate, until } from './bus-testing.js';
import type { Bus } from './bus.port.js';
import { MESSAGE_BYTES_MAX } from './message.js';

const code = (expected: string) => expect.objectContaining({ name: 'DomainError', code: expected });

/**
 * What every bus must do. `makeBus` gives a bus of an empty world; every call within one test of `connect` gives
 * a further connection to the same world (in one process, the same bus).
 */
export function busContract(
  name: string,
  makeWorld: () => Promise<{ connect(): Promise<Bus>; end(): Promise<void> }>,
): void {
  describe(`${name}: requests`, () => {
    let world: Awaited<ReturnType<typeof makeWorld>>;
    let asking: Bus;
    let serving: Bus;
    beforeEach(async () => {
      world = await makeWorld();
      asking = await world.connect();
      serving = await world.connect();
    });
    afterEach(() => world.end());

    it('carries JSON both ways, as a copy', async () => {
      const seen: unknown[] = [];
      const answer = { total: '12.50', list: [1, null, '中标'] };
      await serving.serve('req.tester.echo.v1', 'tester', async (payload) => {
        seen.push(payload);
        return answer;
      });
      const payload = { at: new Date(0), gone: undefined, text: '投标' };
      const received = await asking.request('req.tester.echo.v1', payload);
      expect(seen).toEqual([{ at: '1970-01-01T00:00:00.000Z', text: '投标' }]);
      expect(received).toEqual(answer);
      expect(received).not.toBe(answer);
    });

    it('carries undefined as null', async () => {
      await serving.serve('req.tester.echo.v1', 'tester', async (payload) =>
        payload === null ? undefined : 'wrong',
      );
      expect(await asking.request('req.tester.echo.v1', undefined)).toBeNull();
    });

    it('gives up after the time-out', async () => {
      const never = gate();
      await serving.serve('req.tester.slow.v1', 'tester', () => never.opened);
      await expect(asking.request('req.tester.slow.v1', {}, { timeoutMs: 50 })).rejects.toEqual(
        code('bus.timeout'),
      );
      never.open();
    });

    it('says at once that nobody serves the subject', async () => {
      await expect(asking.request('req.tester.nobody.v1', {})).rejects.toEqual(code('bus.no-responder'));
    });

    it('says that nobody serves the subject after the server closed', async () => {
      const subscription = await serving.serve('req.tester.echo.v1', 'tester', async () => 1);
      expect(await asking.request('req.tester.echo.v1', {})).toBe(1);
      await subscription.close();
      await expect(asking.request('req.tester.echo.v1', {})).rejects.toEqual(code('bus.no-responder'));
    });

    it('carries a request and an answer of exactly the largest size', async () => {
      await serving.serve('req.tester.echo.v1', 'tester', async (payload) => payload);
      const largest = 'x'.repeat(MESSAGE_BYTES_MAX - 2);
      expect(await asking.request('req.tester.echo.v1', largest)).toBe(largest);
    });

    it('refuses a request one byte larger', async () => {
      await serving.serve('req.tester.echo.v1', 'tester', async (payload) => payload);
      const request = asking.request('req.tester.echo.v1', 'x'.repeat(MESSAGE_BYTES_MAX - 1));
      await expect(request).rejects.toEqual(code('message.too-large'));
    });

    it('refuses an answer that is too large', async () => {
      await serving.serve('req.tester.big.v1', 'tester', async () => 'x'.repeat(MESSAGE_BYTES_MAX));
      await expect(asking.request('req.tester.big.v1', {})).rejects.toEqual(code('message.too-large'));
    });

    it('tells the caller of a handler that throws nothing but internal.error', async () => {
      await serving.serve('req.tester.fail.v1', 'tester', async () => {
        throw new Error('secret detail');
      });
      const failed = asking.request('req.tester.fail.v1', {});
      await expect(failed).rejects.toEqual(code('internal.error'));
      await expect(failed).rejects.not.toThrow(/secret/);
    });

    it('gives each request to one of the servers of a service, and work to all of them', async () => {
      const taken = { first: 0, second: 0 };
      const other = await world.connect();
      await serving.serve('req.tester.count.v1', 'tester', async () => void taken.first++);
      await other.serve('req.tester.count.v1', 'tester', async () => void taken.second++);
      await Promise.all(Array.from({ length: 60 }, () => asking.request('req.tester.count.v1', {})));
      expect(taken.first + taken.second).toBe(60);
      expect(Math.min(taken.first, taken.second)).toBeGreaterThan(0);
    });

    it('refuses to request or serve under evt., which the event store answers', async () => {
      await expect(asking.request('evt.tester.thing-done.v1', {})).rejects.toThrow(/not a request subject/);
      await expect(serving.serve('evt.tester.x.v1', 'tester', async () => 1)).rejects.toThrow(
        /not a request subject/,
      );
    });

    it('lets a running handler finish and answer before it closes', async () => {
      const started = gate();
      const finish = gate();
      await serving.serve('req.tester.slow.v1', 'tester', async () => {
        started.open();
        await finish.opened;
        return 'done';
      });
      const answer = asking.request('req.tester.slow.v1', {});
      await started.opened;
      const closed = serving.close();
      await sleep(20);
      finish.open();
      expect(await answer).toBe('done');
      await closed;
      await expect(serving.request('req.tester.slow.v1', {})).rejects.toEqual(code('bus.closed'));
      await serving.close();
    });
  });

  describe(`${name}: events`, () => {
    let world: Awaited<ReturnType<typeof makeWorld>>;
    let producing: Bus;
    let consuming: Bus;
    beforeEach(async () => {
      world = await makeWorld();
      producing = await world.connect();
      consuming = await world.connect();
    });
    afterEach(() => world.end());

    it('delivers every event to every consumer in order', async () => {
      const seen: Record<string, number[]> = { audit: [], vault: [] };
      for (const consumer of ['audit', 'vault']) {
        await consuming.consume(consumer, async (event) => void seen[consumer]?.push(event.seq));
      }
      for (let seq = 1; seq <= 50; seq++) await producing.publish(eventOf(seq));
      const all = Array.from({ length: 50 }, (_, i) => i + 1);
      await until(() => seen['audit']?.length === 50 && seen['vault']?.length === 50);
      expect(seen).toEqual({ audit: all, vault: all });
    });

    it('delivers the envelope as it was published', async () => {
      const seen: EventEnvelope[] = [];
      await consuming.consume('audit', async (event) => void seen.push(event));
      const event = eventOf(1, { data: { amount: '1.10', nested: { 标: [true] } } });
      await producing.publish(event);
      await until(() => seen.length === 1);
      expect(seen[0]).toEqual(event);
      expect(seen[0]).not.toBe(event);
    });

    it('repeats an event until its handler succeeds, and lets none pass', async () => {
      const seen: string[] = [];
      await consuming.consume('audit', async (event) => {
        const attempt = seen.filter((entry) => entry.startsWith(`${event.seq}:`)).length;
        seen.push(`${event.seq}:${attempt}`);
        if (event.seq === 2 && attempt < 2) throw new Error('not yet');
      });
      await Promise.all([1, 2, 3].map((seq) => producing.publish(eventOf(seq))));
      await until(() => seen.includes('3:0'));
      expect(seen).toEqual(['1:0', '2:0', '2:1', '2:2', '3:0']);
    });

    it('handles one event at a time for a consumer of several processes', async () => {
      let running = 0;
      let most = 0;
      const seen: number[] = [];
      const handler = async (event: EventEnvelope): Promise<void> => {
        most = Math.max(most, ++running);
        await sleep(2);
        running--;
        seen.push(event.seq);
      };
      await consuming.consume('audit', handler);
      await (await world.connect()).consume('audit', handler);
      await Promise.all(Array.from({ length: 20 }, (_, i) => producing.publish(eventOf(i + 1))));
      await until(() => seen.length === 20);
      expect(most).toBe(1);
      expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    });

    it('drops a second publication of the same id', async () => {
      const seen: number[] = [];
      await consuming.consume('audit', async (event) => void seen.push(event.seq));
      const event = eventOf(1);
      await Promise.all([producing.publish(event), producing.publish(event)]);
      await producing.publish(event);
      await producing.publish(eventOf(2));
      await until(() => seen.includes(2));
      expect(seen).toEqual([1, 2]);
    });

    it('refuses an event that is too large or no event', async () => {
      const large = eventOf(1, { data: { text: 'x'.repeat(MESSAGE_BYTES_MAX) } });
      await expect(producing.publish(large)).rejects.toEqual(code('message.too-large'));
      await expect(producing.publish(eventOf(0))).rejects.toThrow(/does not fit/);
      await expect(producing.publish(eventOf(1, { subject: 'req.tester.x.v1' }))).rejects.toThrow(
        /not an event/,
      );
    });

    it('brings a consumer that was away everything its producer repeats until taken', async () => {
      const seen: number[] = [];
      const first = await consuming.consume('audit', async (event) => void seen.push(event.seq));
      await producing.publish(eventOf(1));
      await until(() => seen.length === 1);
      await first.close();
      const published = (async () => {
        for (const event of [eventOf(2), eventOf(3)]) {
          while (
            !(await producing.publish(event).then(
              () => true,
              () => sleep(10).then(() => false),
            ))
          );
        }
      })();
      await sleep(30);
      expect(seen).toEqual([1]);
      await consuming.consume('audit', async (event) => void seen.push(event.seq));
      await published;
      await until(() => seen.length === 3);
      expect(seen).toEqual([1, 2, 3]);
    });

    it('lets the running handler finish when it closes, and delivers nothing more', async () => {
      const started = gate();
      const finish = gate();
      const seen: string[] = [];
      await consuming.consume('audit', async (event) => {
        seen.push(`start ${event.seq}`);
        started.open();
        await finish.opened;
        seen.push(`end ${event.seq}`);
      });
      const published = Promise.allSettled([producing.publish(eventOf(1)), producing.publish(eventOf(2))]);
      await started.opened;
      const closed = consuming.close();
      await sleep(20);
      expect(seen).toEqual(['start 1']);
      finish.open();
      await closed;
      await published;
      expect(seen).toEqual(['start 1', 'end 1']);
    });

    it('closes while a handler keeps failing', async () => {
      const failed = gate();
      await consuming.consume('audit', async () => {
        failed.open();
        throw new Error('for ever');
      });
      const published = Promise.allSettled([producing.publish(eventOf(1))]);
      await failed.opened;
      await consuming.close();
      await published;
      await expect(consuming.publish(eventOf(2))).rejects.toEqual(code('bus.closed'));
    });

    it('tells its health before and after closing', async () => {
      expect(await producing.health()).toMatchObject({ ok: true });
      await producing.close();
      expect(await producing.health()).toMatchObject({ ok: false });
    });
  });
}
