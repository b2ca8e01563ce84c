import type { TestPlatform } from './platform.js';

/**
 * Lets days pass at once on the platform's clock, which otherwise goes on as before: a deadline comes when the test
 * asks for it. Waits, as every change of the clock does, for transactions that have read it.
 */
export async function putClockForward(platform: TestPlatform, days: number): Promise<void> {
  await platform.query(
    `BEGIN;
     SELECT pg_advisory_xact_lock(1399157619, 1);
     UPDATE platform.clock SET virtual_epoch = virtual_epoch + make_interval(days => ${days});
     COMMIT`,
  );
}
