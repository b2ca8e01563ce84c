import type { Instant } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { Call } from '#service';
import { close } from '../domain/tender-decisions.js';
import type { Decision, Tender } from '../domain/tender.js';
import type { Tenders } from './tenders.port.js';

/** Closes every tender whose deadline has passed. The clock only triggers; the decision reads the database's time. */
export async function closeDueTenders(tenders: Tenders, call: Call): Promise<void> {
  for (const tenderId of await tenders.listDue()) {
    await tenders.transact(call, async (tx) => {
      const tender = await tx.load(tenderId);
      await tx.save(close(tender, tx.now), tender);
      return null;
    });
  }
}

/** Follows what another service reports about a tender. */
export async function follow(
  tenders: Tenders,
  event: EventEnvelope,
  decide: (tender: Tender, now: Instant) => Decision,
): Promise<void> {
  const { tenderId } = event;
  if (tenderId === null) return;
  await tenders.take(event, async (tx) => {
    const tender = await tx.load(tenderId);
    await tx.save(decide(tender, tx.now), tender);
  });
}
