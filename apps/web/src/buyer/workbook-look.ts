import { unzipSync } from 'fflate';

/** What a first look at a bill's workbook finds, before it is sent. */
export type WorkbookFault = 'not-a-workbook' | 'has-macros' | 'has-external-links' | 'is-encrypted';

const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Reads the names in a workbook and inflates nothing, so that a bomb costs nothing. Finds what the evaluation would
 * refuse months later; whether the lines are right it does not tell.
 */
export function lookAtWorkbook(bytes: Uint8Array): readonly WorkbookFault[] {
  if (OLE.every((byte, i) => bytes[i] === byte)) return ['is-encrypted'];
  const names: string[] = [];
  try {
    unzipSync(bytes, { filter: ({ name }) => (names.push(name), false) });
  } catch {
    return ['not-a-workbook'];
  }
  if (!names.includes('xl/workbook.xml')) return ['not-a-workbook'];
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  return [
    ...(has(/vbaProject\.bin$/i) ? (['has-macros'] as const) : []),
    ...(has(/^xl\/externalLinks\//i) ? (['has-external-links'] as const) : []),
  ];
}
