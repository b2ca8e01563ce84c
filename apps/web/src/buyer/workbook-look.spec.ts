import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { lookAtWorkbook } from './workbook-look.js';

const workbook = (...more: string[]): Uint8Array =>
  zipSync(Object.fromEntries(['xl/workbook.xml', ...more].map((name) => [name, strToU8('<x/>')])));

describe('a first look at a workbook', () => {
  it('finds nothing in a plain one', () => {
    expect(lookAtWorkbook(workbook('xl/worksheets/sheet1.xml'))).toEqual([]);
  });

  it('finds macros and links to other files', () => {
    expect(lookAtWorkbook(workbook('xl/vbaProject.bin', 'xl/externalLinks/externalLink1.xml'))).toEqual([
      'has-macros',
      'has-external-links',
    ]);
  });

  it('tells an encrypted file and one that is none', () => {
    expect(lookAtWorkbook(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toEqual(['is-encrypted']);
    expect(lookAtWorkbook(strToU8('%PDF-1.7'))).toEqual(['not-a-workbook']);
    expect(lookAtWorkbook(zipSync({ 'word/document.xml': strToU8('<x/>') }))).toEqual(['not-a-workbook']);
  });
});
