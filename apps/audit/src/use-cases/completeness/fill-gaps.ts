import { resendActs, SERVICES } from '#contracts';
import { takeActs } from '../take-acts.js';
import type { Gap } from './compared.port.js';
import type { CompletenessPorts } from './completeness-ports.js';

/**
 * Asks each producer again for what is missing, one page of a gap in one call; asking twice is harmless. A gap that
 * lasts longer than `gapPatienceMs` raises the alarm `ledger-gap`, once. It is entered in the open, so it names the
 * producer and not the number: numbers count what is not public yet.
 */
export async function fillGaps(ports: CompletenessPorts): Promise<void> {
  for (const gap of await ports.compared.gaps()) {
    await refill(ports, gap);
    if (gap.lastsMs < ports.gapPatienceMs) continue;
    const { producer, from, since } = gap;
    const evidence = { producer, since };
    await ports.compared.raise(`ledger-gap ${producer} ${from}`, {
      rule: 'ledger-gap',
      severity: 'critical',
      evidence,
    });
  }
}

/** Brings what a producer told last and never came: behind it nothing waits, so it shows as no gap. */
export async function fillEnds(ports: CompletenessPorts): Promise<void> {
  const last = await ports.compared.lastNumbers();
  for (const producer of SERVICES) {
    const from = (last.get(producer) ?? 0) + 1;
    await refill(ports, { producer, from, to: Number.MAX_SAFE_INTEGER });
  }
}

async function refill(
  { requests, ledger }: CompletenessPorts,
  { producer, from, to }: Pick<Gap, 'producer' | 'from' | 'to'>,
): Promise<void> {
  const service = SERVICES.find((name) => name === producer);
  // An act of nobody was put among those that wait; nobody can fill what is before it.
  if (!service) return;
  try {
    const { acts } = await requests.ask(resendActs(service), { fromSeq: from, toSeq: to });
    await takeActs(ledger, acts);
  } catch (error) {
    ledger.log.warn({ error, producer }, 'a producer could not be asked for what is missing; again soon');
  }
}
