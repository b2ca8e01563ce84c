import { Worker } from 'node:worker_threads';
import type { WorkbookParts } from './inspect-workbook.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { WORKBOOK_LIMITS } from './workbook-limits.js';

/** A cell as stored: number, text, or null for none. `#b`, `#e`, `#d` stand for other kinds of value. */
export interface RawCell {
  readonly value: number | string | null;
  readonly isFormula: boolean;
}
/** Index = row number − 1, then column; cells that were never written are null. */
export type RawRows = readonly (readonly (RawCell | null)[])[];

export interface ReadLimits {
  readonly secondsMax: number;
  readonly memoryMiBMax: number;
}

const DEFAULTS: ReadLimits = {
  secondsMax: WORKBOOK_LIMITS.readSecondsMax,
  memoryMiBMax: WORKBOOK_LIMITS.readMemoryMiBMax,
};

type Answer = { readonly rows: RawRows } | { readonly fault: string };

const tooComplex =
  'The workbook takes too much time or memory to read; delete unused rows, sheets and styles.';

function startWorker(parts: WorkbookParts, { memoryMiBMax }: ReadLimits): Worker {
  return new Worker(new URL('./read-rows.worker.js', import.meta.url), {
    workerData: {
      parts,
      // One row more than allowed, so that a cut-off can be told from an end.
      rowsMax: WORKBOOK_LIMITS.headerRowsMax + WORKBOOK_LIMITS.linesMax + 1,
      columnsMax: WORKBOOK_LIMITS.columnsMax,
    },
    transferList: [...parts.values()].map(({ buffer }) => buffer),
    resourceLimits: { maxOldGenerationSizeMb: memoryMiBMax, maxYoungGenerationSizeMb: 64 },
    env: {},
    execArgv: [],
  });
}

function answerOf(worker: Worker, secondsMax: number): Promise<Answer | 'exhausted'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('exhausted'), secondsMax * 1000);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      act();
    };
    worker.once('message', (answer: Answer) => settle(() => resolve(answer)));
    worker.once('error', (error: NodeJS.ErrnoException) =>
      settle(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve('exhausted') : reject(error))),
    );
    worker.once('exit', () =>
      settle(() => reject(new Error('the workbook reader stopped without an answer'))),
    );
  });
}

/**
 * Rows of the first sheet, read by the spreadsheet library in a thread of its own that is stopped at the limits
 * of time and memory. The parts are moved into that thread and cannot be used afterwards. Throws
 * `workbook.too-complex`, `workbook.malformed`.
 */
export async function readRows(parts: WorkbookParts, limits: ReadLimits = DEFAULTS): Promise<RawRows> {
  const worker = startWorker(parts, limits);
  try {
    const answer = await answerOf(worker, limits.secondsMax);
    if (answer === 'exhausted') return refuseWorkbook('workbook.too-complex', tooComplex);
    if ('fault' in answer)
      return refuseWorkbook('workbook.malformed', 'The workbook cannot be read.', { reason: answer.fault });
    return answer.rows;
  } finally {
    await worker.terminate();
  }
}
