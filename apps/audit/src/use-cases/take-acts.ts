import type { EventEnvelope } from '#contracts';
import type { AuditPorts } from './audit-ports.js';

/** Acts of one call; more are refused by splitting them, not by losing any. */
const ACTS_MAX = 1_000;

/** Keeps acts for the ledger, each once however often it comes; durable when it resolves. */
export async function takeActs(
  { rows }: Pick<AuditPorts, 'rows'>,
  events: readonly EventEnvelope[],
): Promise<void> {
  for (let at = 0; at < events.length; at += ACTS_MAX) {
    await rows.keepWaiting(events.slice(at, at + ACTS_MAX));
  }
}
