import type { Stage } from '#contracts';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import type { TestPlatform } from '../support/platform.js';

/** What the other services know of a tender once its stage has reached them, beyond the stage itself. */
const KNOWN: Partial<Record<Stage, string>> = {
  published: `EXISTS (SELECT 1 FROM vault.sealed_tender WHERE tender_id = $1 AND document->>'suspendedAt' IS NULL)
    AND EXISTS (SELECT 1 FROM technical_scoring.scoring WHERE tender_id = $1
      AND document->>'isSuspended' IS DISTINCT FROM 'true')
    AND EXISTS (SELECT 1 FROM commercial_scoring.evaluation WHERE tender_id = $1)`,
  suspended: `EXISTS (SELECT 1 FROM vault.sealed_tender WHERE tender_id = $1 AND document->>'suspendedAt' IS NOT NULL)
    AND EXISTS (SELECT 1 FROM technical_scoring.scoring WHERE tender_id = $1 AND document->>'isSuspended' = 'true')`,
  closed: `EXISTS (SELECT 1 FROM vault.sealed_tender WHERE tender_id = $1 AND document->>'close' IS NOT NULL)
    AND EXISTS (SELECT 1 FROM vault.opening WHERE tender_id = $1)`,
  'technical-opened': `EXISTS (SELECT 1 FROM technical_scoring.scoring WHERE tender_id = $1 AND document->>'stage' = 'open')`,
  'scores-locked': `EXISTS (SELECT 1 FROM vault.sealed_tender WHERE tender_id = $1 AND document->>'scoresLocked' = 'true')
    AND EXISTS (SELECT 1 FROM commercial_scoring.evaluation WHERE tender_id = $1 AND document->>'technical' IS NOT NULL)`,
  'commercial-opened': `EXISTS (SELECT 1 FROM commercial_scoring.evaluation WHERE tender_id = $1
    AND jsonb_array_length(document->'prices') > 0)`,
  ranked: `EXISTS (SELECT 1 FROM commercial_scoring.evaluation_version WHERE tender_id = $1
    AND robustness IS NOT NULL)`,
  standstill: `EXISTS (SELECT 1 FROM commercial_scoring.evaluation WHERE tender_id = $1
    AND document->>'closed' = 'standstill')`,
  awarded: `EXISTS (SELECT 1 FROM vault.sealed_tender WHERE tender_id = $1 AND document->>'stage' = 'ended')
    AND NOT EXISTS (SELECT 1 FROM vault.planned_destruction WHERE tender_id = $1 AND destroyed_at IS NULL
      AND not_before::timestamptz <= platform.now())`,
  failed: `EXISTS (SELECT 1 FROM vault.sealed_tender WHERE tender_id = $1 AND document->>'stage' = 'ended')`,
  cancelled: `EXISTS (SELECT 1 FROM vault.sealed_tender WHERE tender_id = $1 AND document->>'stage' = 'ended')
    AND EXISTS (SELECT 1 FROM technical_scoring.scoring WHERE tender_id = $1 AND document->>'stage' = 'ended')`,
};

/** Returns once a tender is at a stage and every service has heard of it. */
export async function settled(platform: TestPlatform, tenderId: string, stage: Stage): Promise<void> {
  const known = KNOWN[stage] ?? 'true';
  const sql = `SELECT (SELECT stage FROM tendering.tender WHERE tender_id = $1) = $2 AND ${known} AS "isSettled"`;
  await waitUntil(`${tenderId} to be ${stage} everywhere`, 30_000, async () => {
    const [row] = await platform.query<{ isSettled: boolean }>(sql, [tenderId, stage]);
    return row!.isSettled ? true : undefined;
  });
}
