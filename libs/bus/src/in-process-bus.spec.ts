import { describe, expect, it } from '@jest/globals';
import { eventOf, gate, until } from './bus-testing.js';
import { busContract } from './bus.contract.js';
import { InProcessBus } from './in-process-bus.js';

busContract('in process', async () => {
  const bus = new InProcessBus();
  return { connect: async () => bus, end: () => bus.close() };
});

describe('in process', () => {
  it('resolves a publication only after every consumer handled it', async () => {
    const bus = new InProcessBus();
    const slow = gate();
    const seen: string[] = [];
    await bus.consume('audit', async () => void seen.push('audit'));
    await bus.consume('vault', async () => {
      await slow.opened;
      seen.push('vault');
    });
    const published = bus.publish(eventOf(1)).then(() => seen.push('published'));
    await until(() => seen.includes('audit'));
    expect(seen).toEqual(['audit']);
    slow.open();
    await published;
    expect(seen).toEqual(['audit', 'vault', 'published']);
    await bus.close();
  });

  it('rejects a publication that is being retried when the bus closes, so that the outbox keeps the row', async () => {
    const failures: unknown[] = [];
    const bus = new InProcessBus({ onError: (error) => failures.push(error) });
    await bus.consume('audit', async () => {
      throw new Error('for ever');
    });
    const refused = expect(bus.publish(eventOf(1))).rejects.toMatchObject({ code: 'bus.closed' });
    await until(() => failures.length > 0);
    await bus.close();
    await refused;
  });

  it('refuses events while a known consumer is away, instead of counting them as handled', async () => {
    const bus = new InProcessBus();
    await (await bus.consume('audit', async () => undefined)).close();
    await expect(bus.publish(eventOf(1))).rejects.toMatchObject({ code: 'bus.closed' });
    await bus.close();
  });

  it('does not hand an event again to a consumer that handled it when another one made the publication fail', async () => {
    const bus = new InProcessBus();
    const seen: string[] = [];
    await bus.consume('audit', async () => void seen.push('audit'));
    await (await bus.consume('vault', async () => undefined)).close();
    const event = eventOf(1);
    await expect(bus.publish(event)).rejects.toMatchObject({ code: 'bus.closed' });
    await bus.consume('vault', async () => void seen.push('vault'));
    await bus.publish(event);
    expect(seen).toEqual(['audit', 'vault']);
    await bus.close();
  });

  it('delivers after the caller has gone on, never within the call', async () => {
    const bus = new InProcessBus();
    const seen: string[] = [];
    await bus.serve('req.tester.echo.v1', 'tester', async () => void seen.push('served'));
    const answer = bus.request('req.tester.echo.v1', {});
    seen.push('went on');
    await answer;
    expect(seen).toEqual(['went on', 'served']);
    await bus.close();
  });
});
