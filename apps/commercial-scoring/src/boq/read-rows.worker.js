// Plain JavaScript, so that the same file runs as source under the tests and as copied by the build: a worker
// thread loads it by itself and sees no transformer. It only turns checked parts into rows of raw cells.
import { parentPort, workerData } from 'node:worker_threads';
import { CFB, read } from '@e965/xlsx';

const { parts, rowsMax, columnsMax } = workerData;

/** A new archive of the checked parts: the reader never sees the one that was sent. */
function pack() {
  const container = CFB.utils.cfb_new();
  for (const [name, bytes] of parts) CFB.utils.cfb_add(container, name, Buffer.from(bytes.buffer));
  return CFB.write(container, { fileType: 'zip', type: 'buffer' });
}

function rawCell(cell) {
  if (cell === undefined || cell === null) return null;
  const value = cell.t === 'n' || cell.t === 's' ? cell.v : cell.t === 'z' ? null : `#${cell.t}`;
  return { value: value ?? null, isFormula: cell.f !== undefined || cell.F !== undefined };
}

function readRows() {
  const workbook = read(pack(), {
    type: 'buffer',
    dense: true,
    sheets: 0,
    sheetRows: rowsMax,
    cellFormula: true,
    cellHTML: false,
    cellText: false,
    cellNF: false,
    cellStyles: false,
    cellDates: false,
    bookVBA: false,
    bookDeps: false,
    nodim: true,
  });
  const data = workbook.Sheets[workbook.SheetNames[0]]?.['!data'] ?? [];
  return Array.from(data, (row) => Array.from((row ?? []).slice(0, columnsMax), rawCell));
}

let answer;
try {
  answer = { rows: readRows() };
} catch (error) {
  answer = { fault: error instanceof Error ? error.message : String(error) };
}
parentPort.postMessage(answer);
