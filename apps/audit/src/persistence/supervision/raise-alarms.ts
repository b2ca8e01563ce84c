import type { Uuid } from '#kernel';
import { alarmRaised } from '#contracts';
import type { Tx } from '#database';
import type { FoundAlarm } from '../../domain/alarms/alarm-rule.js';

/** The region of an alarm is its tender's; without one it is in every scope. */
const KEEP = `
  INSERT INTO alarm (alarm_id, key, rule, severity, tender_id, region, raised_at, evidence)
  VALUES ($1, $2, $3, $4, $5, (SELECT region FROM supervised_tender WHERE tender_id = $5), $6, $7)
  ON CONFLICT (key) DO NOTHING RETURNING alarm_id`;

/** Keeps and tells what was found, in the transaction: each finding once for ever, however often it is found. */
export async function raise(tx: Tx, newId: () => Uuid, found: readonly FoundAlarm[]): Promise<void> {
  for (const { key, rule, severity, tenderId, evidence } of found) {
    const alarmId = newId();
    const kept = await tx.query(KEEP, [
      alarmId,
      key,
      rule,
      severity,
      tenderId,
      tx.now,
      JSON.stringify(evidence),
    ]);
    if (kept.length === 0) continue;
    const data = { rule, severity, evidence, tenderId, alarmId };
    await tx.emit({ subject: alarmRaised.subject, tenderId, data });
  }
}
