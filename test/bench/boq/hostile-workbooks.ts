import { strToU8, zipSync } from 'fflate';
import { workbookAround } from './bill-workbook.js';

const inline = (ref: string, text: string): string =>
  `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const HEADER = `<row r="1">${['Code', 'Item', 'Unit', 'Quantity', 'Unit price', 'Amount']
  .map((text, at) => inline(`${'ABCDEF'[at]}1`, text))
  .join('')}</row>`;

const sheet = (rows: string, after = ''): string => `<sheetData>${HEADER}${rows}</sheetData>${after}`;
const line = (cells: string): string =>
  sheet(`<row r="2">${inline('A2', 'A')}${inline('B2', 'x')}${inline('C2', 'm')}${cells}</row>`);
const priced = (quantity: string, price: string): string =>
  line(`${inline('D2', quantity)}${inline('E2', price)}`);
const LINE = priced('1', '2');

const cells = (count: number): string => {
  const parts: string[] = [];
  for (let row = 2; row < count / 100 + 2; row++) {
    parts.push(`<row r="${row}">`);
    // Styles that differ keep the ratio of a zip below every limit, as an attacker would.
    for (let at = 0; at < 100; at++) parts.push(`<c s="${(row * 7_919 + at * 104_729) % 60_000}"/>`);
    parts.push('</row>');
  }
  return sheet(parts.join(''));
};

/** 1.5 MB that hold 1.5 GB: each part deflated a thousandfold. */
function bomb(): Uint8Array {
  const part = strToU8(' '.repeat(150 * 1024 * 1024));
  const sound = { '[Content_Types].xml': strToU8('<a/>'), 'xl/workbook.xml': strToU8('<a/>') };
  return zipSync({
    ...sound,
    ...Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`xl/p${at}.xml`, part])),
  });
}

const ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>';
const LINK =
  '<Relationships xmlns="urn:p"><Relationship Id="r" Target="file:///x" TargetMode="External"/></Relationships>';
const merge = (ranges: readonly string[]): string =>
  `<mergeCells>${ranges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;

/** Hostile and odd workbooks, each made when it is asked for. */
export const HOSTILE: Readonly<Record<string, () => Uint8Array>> = {
  'bomb of 1.5 GB': bomb,
  '10 million empty cells': () => workbookAround(cells(10_000_000)),
  '5 million empty cells': () => workbookAround(cells(5_000_000)),
  'external entity': () => workbookAround(LINE, [], { 'xl/styles.xml': ENTITY }),
  'external link': () => workbookAround(LINE, [], { 'xl/worksheets/_rels/sheet1.xml.rels': LINK }),
  'external workbook': () =>
    workbookAround(LINE, [], { 'xl/externalLinks/externalLink1.xml': '<externalLink/>' }),
  'DDE formula': () =>
    workbookAround(line(`<c r="D2"><v>1</v></c><c r="E2"><f>cmd|'/C calc'!A0</f><v>1</v></c>`)),
  '__proto__ as code, sheet and column': () =>
    workbookAround(LINE.replaceAll('>A<', '>__proto__<').replace('Amount', '__proto__'), ['__proto__']),
  'merged ranges by the hundred thousand': () =>
    workbookAround(sheet('', merge(Array.from({ length: 100_000 }, (_, at) => `A${at + 2}:F${at + 2}`)))),
  'one merged range of the whole sheet': () =>
    workbookAround(LINE.replace('</sheetData>', `</sheetData>${merge(['A2:XFD1048576'])}`)),
  'a million columns': () => workbookAround(sheet(`<row r="2">${'<c/>'.repeat(1_000_000)}</row>`)),
  'a column beyond XFD': () => workbookAround(sheet('<row r="2"><c r="BDWGO2"><v>1</v></c></row>')),
  'text in a number': () => workbookAround(priced('1', '叁元')),
  'full-width digits': () => workbookAround(priced('１２', '3')),
  'thousands with commas': () => workbookAround(priced('1', '1,234,567.89')),
  'thousands with points': () => workbookAround(priced('1', '1.234.567,89')),
  'negative price': () => workbookAround(priced('1', '-5')),
  'scientific notation as text': () => workbookAround(priced('1', '1e308')),
  'scientific notation as number': () =>
    workbookAround(line('<c r="D2"><v>1.5E-7</v></c><c r="E2"><v>1E308</v></c>')),
  'formula with a lie for its result': () =>
    workbookAround(line('<c r="D2"><v>2</v></c><c r="E2"><v>3</v></c><c r="F2"><f>D2*E2-1</f><v>6</v></c>')),
  'cells that stand twice': () => workbookAround(line('<c r="D2"><v>2</v></c><c r="D2"><v>3</v></c>')),
};
