import { randomInt } from 'node:crypto';
import { rowsOf } from '#database';
import { Frontier } from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { type SequencedAct, sequence } from '../../apps/audit/src/domain/sequence.js';
import { benchActs, type LedgerStage, LedgerStages } from './ledger-stage.js';
import { measure } from './measure.js';

const RULES = {
  regionCode: '630100',
  clockFactor: 1,
  randomBelow: (bound: number) => randomInt(bound),
  sha256,
};

/** R1: acts durably at their places, hashed, beside the bare INSERT of the same rows in the same batches. */
export async function ledgerAppendBench(): Promise<void> {
  const stages = await LedgerStages.start();
  try {
    for (const batch of [100, 1_000]) {
      const stage = await stages.stage();
      await appendBeside(stage, batch);
      await stage.close();
    }
  } finally {
    await stages.close();
  }
}

async function appendBeside(stage: LedgerStage, batch: number): Promise<void> {
  const { rows, writer } = stage.ports;
  const batches = 4_000 / batch;
  const events = benchActs(1, batch);
  await stage.query('CREATE TABLE raw_entry (LIKE ledger_entry INCLUDING ALL)');
  await rows.takeTurn(writer);
  let frontier = Frontier.EMPTY;
  const ours = async (): Promise<void> => {
    for (let n = 0; n < batches; n++) {
      const sequenced = sequence(events, frontier, RULES);
      const isDone = await rows.sequence({ writer, from: frontier.size, sequenced, events });
      if (!isDone) throw new Error('the turn was lost');
      frontier = sequenced.frontier;
    }
  };
  const { acts } = sequence(events, Frontier.EMPTY, RULES);
  let rawSize = 0;
  const raw = async (): Promise<void> => {
    for (let n = 0; n < batches; n++, rawSize += batch)
      await stage.query(insertSql(batch), valuesOf(acts, rawSize));
  };
  await measure({
    name: `ledger: append, batch ${batch}`,
    ours,
    limitName: 'a bare INSERT',
    limit: raw,
    count: batches * batch,
    unit: 'acts',
  });
  const [kept] = await stage.query<{ entries: string }>('SELECT count(*) AS entries FROM ledger_entry');
  if (kept?.entries !== String(frontier.size)) throw new Error('not every append is in the database');
}

const insertSql = (count: number): string =>
  `INSERT INTO raw_entry (index, leaf_sha256, type, tender_id, at, entry) VALUES ${rowsOf(count, 6)}`;

const valuesOf = (acts: readonly SequencedAct[], from: number): unknown[] =>
  acts.flatMap(({ leafSha256, type, tenderId, at, entry }, i) => [
    from + i,
    leafSha256,
    type,
    tenderId,
    at,
    entry,
  ]);
