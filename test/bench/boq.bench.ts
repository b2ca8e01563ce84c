import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yauzl from 'yauzl';
import { isDomainError } from '#kernel';
import { evaluate, lowPriceRatio } from '#evaluation';
import type { BoqLine } from '../../apps/commercial-scoring/src/boq/boq-line.js';
import { exactLineSums, packedLineSums } from '../../apps/commercial-scoring/src/boq/line-sums.js';
import { packBill, type PackedBill } from '../../apps/commercial-scoring/src/boq/packed-bill.js';
import { readBoq } from '../../apps/commercial-scoring/src/boq/read-boq.js';
import { billWorkbook } from './boq/bill-workbook.js';
import { HOSTILE } from './boq/hostile-workbooks.js';
import { measure } from './measure.js';

const CENTS = { digits: 2, mode: 'half-up' } as const;
const SHEET = { name: 's', columns: {} };

/** Not a package of ours. */
const PARSER = 'saxes';

interface Saxes {
  readonly SaxesParser: new () => {
    on(event: string, act: (value: unknown) => void): void;
    write(text: string): void;
    close(): void;
  };
}

/** Inflating every part and parsing its XML, with the parser that exceljs brings: what no reader can do without. */
async function inflateAndParse(bytes: Uint8Array): Promise<void> {
  const ofExceljs = createRequire(createRequire(import.meta.url).resolve('exceljs'));
  const { SaxesParser } = ofExceljs(PARSER) as Saxes;
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  let events = 0;
  for await (const entry of zip.eachEntry()) {
    const parser = new SaxesParser();
    for (const event of ['opentag', 'text']) parser.on(event, () => events++);
    const decoder = new TextDecoder();
    for await (const chunk of await zip.openReadStreamPromise(entry))
      parser.write(decoder.decode(chunk as Uint8Array, { stream: true }));
    parser.close();
  }
}

const billOf = (bid: number, count: number): BoqLine[] =>
  Array.from({ length: count }, (_, at) => {
    const quantity = (at * 7_919) % 100_000;
    const price = (at * 104_729 + bid * 31) % 1_000_000;
    const amount = Math.floor((quantity * price + 500) / 1_000);
    return {
      sheet: SHEET,
      row: at + 2,
      code: `A${at}`,
      name: 'x',
      unit: 'm',
      quantity: `${Math.floor(quantity / 1_000)}.${String(quantity % 1_000).padStart(3, '0')}`,
      unitPrice: `${Math.floor(price / 100)}.${String(price % 100).padStart(2, '0')}`,
      amount: `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`,
    };
  });

/** The bare loop: quantity × price in whole numbers, rounded half-up to cents, compared with what is stated, added. */
function bareLoop(bills: readonly PackedBill[]): number {
  let wrong = 0;
  for (const { quantities, prices, amounts } of bills) {
    const [q, p, a] = [quantities.values, prices.values, amounts.values];
    let total = 0;
    for (let at = 0; at < q.length; at++) {
      const line = Math.floor((q[at]! * p[at]! + 500) / 1_000);
      if (line !== a[at]) wrong++;
      total += line;
    }
    if (total < 0) wrong++;
  }
  return wrong;
}

/** At most 100 bills by turns: together they are beyond what a processor keeps close, as 1,000 are. */
async function checkMany(bids: number, lines: number): Promise<void> {
  const bills = Array.from({ length: Math.min(bids, 100) }, (_, bid) => packBill(billOf(bid, lines))!);
  const all = Array.from({ length: bids }, (_, bid) => bills[bid % bills.length]!);
  const { panel: _panel, combine: _combine, ...rest } = lowPriceRatio;
  const method = {
    ...rest,
    combine: { rule: 'evaluated-price' },
    rank: { keys: ['lowest-total'], ties: 'exact' },
  };
  const ours = (): bigint[] => all.map((bill) => packedLineSums(bill, CENTS)!.total);
  const count = bids * lines;
  const limit = (): void => void bareLoop(all);
  const limitName = 'a bare loop with exact rounding';
  await measure({
    name: `R4 ${bids} × ${lines} lines checked`,
    ours: () => void ours(),
    limitName,
    limit,
    count,
    unit: 'lines',
  });
  const scored = (): void => {
    const totals = ours();
    const bid = (total: bigint, at: number) => ({
      id: `B${at}`,
      price: `${total / 100n}.${String(total % 100n).padStart(2, '0')}`,
    });
    evaluate({ method: method as never, bids: totals.map(bid) });
  };
  await measure({
    name: `R4 … and scored with a trace`,
    ours: scored,
    limitName,
    limit,
    count,
    unit: 'lines',
  });
}

async function growth(): Promise<void> {
  const lines = billOf(1, 10_000);
  await measure({
    name: 'a bill beyond the bound of doubles',
    ours: () => void exactLineSums(lines, CENTS),
    limitName: 'packing and the fast loop',
    limit: () => void packedLineSums(packBill(lines)!, CENTS),
    count: lines.length,
    unit: 'lines',
  });
}

async function hostile(): Promise<void> {
  for (const [name, make] of Object.entries(HOSTILE)) {
    const bytes = make();
    const before = performance.now();
    const outcome = await readBoq(bytes).then(
      ({ lines }) =>
        `read: ${lines
          .map(({ quantity, unitPrice, amount }) => `${quantity} × ${unitPrice} = ${amount}`)
          .join('; ')
          .slice(0, 80)}`,
      (error: unknown) =>
        isDomainError(error) ? `${error.code}: ${error.message}` : `not a refusal: ${String(error)}`,
    );
    const took = `${(performance.now() - before).toFixed(0)} ms`;
    process.stdout.write(
      `${name.padEnd(38)} ${took.padStart(8)}  ${(bytes.length / 1024).toFixed(0)} KiB  ${outcome}\n`,
    );
  }
}

/** Peak memory of a process of its own that reads one workbook. */
function memoryOf(lines: number): void {
  const [reader, maker] = ['../../apps/commercial-scoring/src/boq/read-boq.js', './boq/bill-workbook.js'].map(
    (path) => fileURLToPath(new URL(path, import.meta.url)),
  );
  const file = join(tmpdir(), `sunseal-bench-${process.pid}.xlsx`);
  const run = (script: string): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim();
  run(
    `import { writeFileSync } from 'node:fs'; import { billWorkbook } from '${maker}'; writeFileSync('${file}', billWorkbook(${lines}));`,
  );
  const peak = run(
    `import { readFileSync, rmSync } from 'node:fs'; import { readBoq } from '${reader}';
     const before = process.memoryUsage.rss(); await readBoq(new Uint8Array(readFileSync('${file}'))); rmSync('${file}');
     const peak = process.resourceUsage().maxRSS / 1024; console.log(peak.toFixed(0) + ' MiB, of which ' + (before / 1048576).toFixed(0) + ' before');`,
  );
  process.stdout.write(`R5 peak memory of the whole process   ${peak}\n`);
}

/** R4, R5 and A7 of bills of quantities. */
export async function boqBench(): Promise<void> {
  const bytes = billWorkbook(100_000);
  await measure({
    name: 'R5 100,000 rows of a workbook read',
    ours: async () => void (await readBoq(bytes)),
    limitName: 'inflating and parsing the XML',
    limit: () => inflateAndParse(bytes),
    count: 100_000,
    unit: 'rows',
  });
  memoryOf(100_000);
  await checkMany(1_000, 10_000);
  await checkMany(500, 10_000);
  await checkMany(1_000, 5_000);
  await growth();
  await hostile();
}
