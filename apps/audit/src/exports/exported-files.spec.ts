import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as XLSX from '@e965/xlsx';
import { auditSettings } from '../config.js';
import type { ExportCell, ExportTable } from './export-table.js';
import { textCell } from './text-cell.js';
import { writePdf } from './write-pdf.js';
import { writeWorkbook } from './write-workbook.js';

const { exportFontFile: file, exportFontFace: face } = auditSettings.parse({});

async function* yielding(rows: Iterable<readonly ExportCell[]>): AsyncIterable<readonly ExportCell[]> {
  yield* rows;
}

const tableOf = (rows: Iterable<readonly ExportCell[]>, more: Partial<ExportTable> = {}): ExportTable => ({
  title: '存证记录',
  about: ['=about'],
  columns: [
    { title: 'Index', width: 9 },
    { title: '=Content', width: 60 },
  ],
  rows: yielding(rows),
  ...more,
});

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** Every cell of a workbook as a reader of another maker sees it. */
async function cellsOf(table: ExportTable): Promise<XLSX.CellObject[]> {
  const workbook = XLSX.read(await bytesOf(writeWorkbook(table)), { cellFormula: true, raw: true });
  const sheet = workbook.Sheets[workbook.SheetNames[0]!]!;
  return Object.entries(sheet)
    .filter(([address]) => !address.startsWith('!'))
    .map(([, cell]) => cell as XLSX.CellObject);
}

const NASTY = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '|cmd',
  '＝1',
  '＋1',
  '－1',
  '＠1',
  "'=1",
];

describe('an exported workbook', () => {
  it('holds no formula cell, whatever an entry, a title or a filter says', async () => {
    const rows = NASTY.map((text, i) => [i, text]);
    const cells = await cellsOf(tableOf(rows, { title: '=1', about: NASTY }));
    expect(cells.filter(({ f }) => f !== undefined)).toEqual([]);
    const texts = cells.filter(({ t }) => t === 's').map(({ v }) => String(v));
    expect(texts).toHaveLength(NASTY.length * 2 + 2);
    expect(texts.filter((text) => /^[=+\-@|\t\r\n＝＋－＠]/.test(text))).toEqual([]);
  });

  it('shows numbers as numbers and plain text as it is', async () => {
    const cells = await cellsOf(tableOf([[7, '道路 works']]));
    expect(cells.slice(-2)).toMatchObject([
      { t: 'n', v: 7 },
      { t: 's', v: '道路 works' },
    ]);
  });

  it('opens whatever control characters a text holds', async () => {
    const cells = await cellsOf(tableOf([[1, 'a\u0000b\u0008c\uFFFEd\u001Fe']]));
    expect(cells.at(-1)!.v).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe');
  });

  it('cuts a text that no cell holds, and says so', () => {
    expect(textCell('x'.repeat(40_000))).toBe(`${'x'.repeat(32_000)}…`);
  });

  it('fails with the error of whatever makes a row', async () => {
    async function* broken(): AsyncIterable<readonly ExportCell[]> {
      yield [1, 'x'];
      throw new Error('the database is gone');
    }
    await expect(bytesOf(writeWorkbook(tableOf([], { rows: broken() })))).rejects.toThrow(
      'the database is gone',
    );
  });

  it('is written no faster than it is read', async () => {
    let made = 0;
    function* many(): Iterable<readonly ExportCell[]> {
      // Hardly to be packed, so that bytes wait.
      for (; made < 30_000; made++) yield [made, Array.from({ length: 60 }, () => Math.random()).join()];
    }
    const reading = writeWorkbook(tableOf(many()))[Symbol.asyncIterator]();
    await reading.next();
    for (let before = -1; before !== made;) {
      before = made;
      await new Promise((next) => setTimeout(next, 100));
    }
    expect(made).toBeLessThan(30_000);
    await reading.return?.();
  });
});

describe('an exported PDF', () => {
  const font = { file, face };

  it('is whole, with the letters that occur', async () => {
    if (!existsSync(file)) throw new Error(`this test needs ${file} (Debian: fonts-noto-cjk)`);
    const rows = Array.from({ length: 200 }, (_, i) => [i, '某路段改造工程施工 — tender']);
    const bytes = await bytesOf(writePdf(tableOf(rows), font));
    const text = bytes.toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text).toMatch(/\/BaseFont \/\w+\+NotoSansCJKsc-Regular/);
    expect([...text.matchAll(/\/Type \/Page\b(?!s)/g)].length).toBeGreaterThan(5);
    expect(bytes.length).toBeLessThan(200_000);
  });

  it('fails with the error of whatever makes a row', async () => {
    async function* broken(): AsyncIterable<readonly ExportCell[]> {
      yield [1, 'x'];
      throw new Error('the database is gone');
    }
    await expect(bytesOf(writePdf(tableOf([], { rows: broken() }), font))).rejects.toThrow(
      'the database is gone',
    );
  });
});
