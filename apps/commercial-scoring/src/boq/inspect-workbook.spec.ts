import { describe, expect, it } from '@jest/globals';
import { CFB } from '@e965/xlsx';
import { unzipSync } from 'fflate';
import { writeBuyerBoq } from '../../../cli/src/workbooks/write-boq.js';
import { readBoq } from './read-boq.js';
import { WORKBOOK_LIMITS } from './workbook-limits.js';

const LINES = [{ code: 'A', name: 'x', unit: 'm', quantity: '2' }];
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const RELS = 'xl/_rels/workbook.xml.rels';

type Parts = Record<string, Uint8Array>;

/** Packs parts as a zip, without any of the checks under test. */
function zip(parts: Parts): Buffer {
  const container = CFB.utils.cfb_new();
  for (const [name, bytes] of Object.entries(parts)) CFB.utils.cfb_add(container, name, Buffer.from(bytes));
  const packed: unknown = CFB.write(container, { fileType: 'zip', type: 'buffer', compression: true });
  return Buffer.from(packed as Uint8Array);
}

const soundParts = async (): Promise<Parts> =>
  Object.fromEntries(
    Object.entries(unzipSync(await writeBuyerBoq(LINES, { title: 't' }))).filter(([name]) =>
      /\.(?:xml|rels)$/.test(name),
    ),
  );

async function altered(
  change: (parts: Record<string, string>) => Record<string, string | Uint8Array>,
): Promise<Buffer> {
  const parts = await soundParts();
  const texts = Object.fromEntries(
    Object.entries(parts).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  );
  const changed = Object.entries(change(texts)).map(([name, content]) => [
    name,
    Buffer.from(content as string),
  ]);
  return zip({ ...parts, ...Object.fromEntries(changed) });
}

const relationship = (attributes: string): string =>
  `${XML}<Relationships><Relationship Id="r9" Target="file:///etc/passwd" ${attributes}/></Relationships>`;

async function expectRefusal(bytes: Uint8Array, code: string): Promise<void> {
  await expect(readBoq(bytes)).rejects.toEqual(expect.objectContaining({ name: 'DomainError', code }));
}

describe('hostile workbooks', () => {
  it('passes a sound workbook, also when it was packed anew', async () => {
    expect((await readBoq(zip(await soundParts()))).lines).toHaveLength(1);
  });

  it.each<[string, string, (parts: Record<string, string>) => Record<string, string | Uint8Array>]>([
    [
      'an entity declaration',
      'workbook.forbidden-content',
      (p) => ({
        'xl/sharedStrings.xml': p['xl/sharedStrings.xml']!.replace(
          '?>',
          '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        ),
      }),
    ],
    [
      'one hidden in UTF-16',
      'workbook.malformed',
      (p) => ({ 'xl/workbook.xml': Buffer.from(`\ufeff${p['xl/workbook.xml']!}`, 'utf16le') }),
    ],
    [
      'another declared encoding',
      'workbook.malformed',
      (p) => ({ 'xl/workbook.xml': p['xl/workbook.xml']!.replace(/UTF-8/i, 'UTF-7') }),
    ],
    ['a macro project', 'workbook.forbidden-content', () => ({ 'xl/vbaProject.bin': 'x' })],
    [
      'macro content types',
      'workbook.forbidden-content',
      (p) => ({
        '[Content_Types].xml': p['[Content_Types].xml']!.replace(
          'openxmlformats-officedocument.spreadsheetml.sheet.main',
          'ms-excel.sheet.macroEnabled.main',
        ),
      }),
    ],
    [
      'an external link part',
      'workbook.forbidden-content',
      () => ({ 'xl/externalLinks/externalLink1.xml': `${XML}<externalLink/>` }),
    ],
    ['an embedded object', 'workbook.forbidden-content', () => ({ 'xl/embeddings/oleObject1.bin': 'x' })],
    [
      'a data connection',
      'workbook.forbidden-content',
      () => ({ 'xl/connections.xml': `${XML}<connections/>` }),
    ],
    [
      'an external relationship',
      'workbook.forbidden-content',
      () => ({ [RELS]: relationship('Type="http://x/image" TargetMode="External"') }),
    ],
    [
      'one spelled with character references',
      'workbook.forbidden-content',
      () => ({ [RELS]: relationship("a='>' TargetMode='&#69;xternal'") }),
    ],
  ])('refuses %s', async (_, code, change) => {
    await expectRefusal(await altered(change), code);
  });

  it('accepts a link in a cell, which nobody follows', async () => {
    const link = relationship('Type="http://x/relationships/hyperlink" TargetMode="External"');
    expect(
      (await readBoq(await altered(() => ({ 'xl/worksheets/_rels/sheet1.xml.rels': link })))).lines,
    ).toHaveLength(1);
  });

  it('refuses a small file that inflates a hundredfold', async () => {
    const bytes = await altered(() => ({ 'xl/worksheets/sheet1.xml': ' '.repeat(8 * 1024 * 1024) }));
    expect(bytes.length).toBeLessThan(128 * 1024);
    await expectRefusal(bytes, 'workbook.bomb');
  });

  it('refuses sizes that are understated in the directory', async () => {
    const bytes = await altered(() => ({ 'xl/theme/theme1.xml': 'a b '.repeat(2 * 1024 * 1024) }));
    const at = bytes.lastIndexOf('xl/theme/theme1.xml') - 46;
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    bytes.writeUInt32LE(1000, at + 24);
    await expectRefusal(bytes, 'workbook.malformed');
  });

  it('refuses entries that share their bytes', async () => {
    const bytes = await altered(() => ({ 'xl/a.xml': '<a/>', 'xl/b.xml': '<a/>' }));
    const header = (name: string): number => bytes.lastIndexOf(name) - 46;
    bytes.copy(bytes, header('xl/b.xml') + 42, header('xl/a.xml') + 42, header('xl/a.xml') + 46);
    await expectRefusal(bytes, 'workbook.bomb');
  });

  it('refuses more entries, more bytes than allowed', async () => {
    const many = Array.from(
      { length: WORKBOOK_LIMITS.entriesMax + 1 },
      (_, i) => [`xl/p${i}.xml`, '<a/>'] as const,
    );
    await expectRefusal(await altered(() => Object.fromEntries(many)), 'workbook.bomb');
    await expectRefusal(new Uint8Array(WORKBOOK_LIMITS.bytesMax + 1), 'workbook.too-large');
  });

  it('refuses two parts whose names differ only in case', async () => {
    const bytes = await altered(() => ({ 'xl/aa.xml': '<a/>', 'xl/bb.xml': '<a/>' }));
    for (let at = bytes.indexOf('xl/bb.xml'); at >= 0; at = bytes.indexOf('xl/bb.xml', at))
      bytes.write('xl/AA.xml', at);
    await expectRefusal(bytes, 'workbook.malformed');
  });

  it('refuses encrypted entries and files under a password', async () => {
    const bytes = zip(await soundParts());
    const at = bytes.lastIndexOf('xl/workbook.xml') - 46;
    bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8);
    await expectRefusal(bytes, 'workbook.encrypted');
    const compound = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    await expectRefusal(compound, 'workbook.encrypted');
  });

  it('refuses what is no workbook at all', async () => {
    const { 'xl/workbook.xml': _, ...rest } = await soundParts();
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('Code,Item\n'),
      zip(rest),
      zip(await soundParts()).subarray(0, 900),
    ])
      await expectRefusal(bytes, 'workbook.malformed');
  });
});
