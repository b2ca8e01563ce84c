import { strToU8, zipSync } from 'fflate';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const HEADER = ['序号', '项目编码', '项目名称', '单位', '工程量', '综合单价（元）', '合价（元）'];
const UNITS = ['m3', 'm2'];

/** Packs the parts of a workbook around the XML of its one sheet; parts given besides win. */
export function workbookAround(
  sheet: string,
  shared: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Uint8Array {
  const parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="urn:r"><sheets><sheet name="清单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships xmlns="urn:p"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${shared.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}">${sheet}</worksheet>`,
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(XML + xml)])), {
    level: 6,
  });
}

/** A priced bill of so many lines as spreadsheet programs write it: shared texts, numbers, amounts as values. */
export function billWorkbook(lines: number): Uint8Array {
  const shared = [...HEADER, ...UNITS];
  const text = (column: string, row: number, index: number): string =>
    `<c r="${column}${row}" t="s" s="2"><v>${index}</v></c>`;
  const number = (column: string, row: number, value: number): string =>
    `<c r="${column}${row}" s="3"><v>${value}</v></c>`;
  const rows = [`<row r="1">${HEADER.map((_, at) => text('ABCDEFG'[at]!, 1, at)).join('')}</row>`];
  for (let line = 0; line < lines; line++) {
    const row = line + 2;
    const at =
      shared.push(`0101${String(line).padStart(8, '0')}`, `挖一般土方 三类土 深度 ${line} 米以内`) - 2;
    const quantity = ((line * 7_919) % 100_000) / 1_000;
    const price = ((line * 104_729) % 1_000_000) / 100;
    rows.push(
      `<row r="${row}" spans="1:7">${number('A', row, line + 1)}${text('B', row, at)}${text('C', row, at + 1)}` +
        `${text('D', row, HEADER.length + (line % 2))}${number('E', row, quantity)}${number('F', row, price)}` +
        `${number('G', row, Math.round(quantity * price * 100) / 100)}</row>`,
    );
  }
  return workbookAround(`<sheetData>${rows.join('')}</sheetData>`, shared);
}
