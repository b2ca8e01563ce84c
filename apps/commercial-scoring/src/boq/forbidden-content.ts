import { refuseWorkbook } from './refuse-workbook.js';

const FORBIDDEN_NAME =
  /(?:^|\/)(?:vba[^/]*|connections\.xml|workbook\.bin|(?:externalLinks|macrosheets|dialogsheets|embeddings|activeX|queryTables|customUI|webextensions|model)\/.*)$/i;
const FORBIDDEN_TYPE = /macroEnabled|vbaProject|externalLink|ms-excel\.(?:intl)?macrosheet|oleObject/i;
const RELATIONSHIP = /<(?:\w+:)?Relationship\b(?:[^>"']|"[^"]*"|'[^']*')*>/g;
const TARGET_MODE = /\bTargetMode\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const HYPERLINK = /\bType\s*=\s*["'][^"']*\/hyperlink["']/;

/** Throws `workbook.forbidden-content` for the name of a part with macros, links to other files, or objects. */
export function checkPartName(name: string): void {
  if (FORBIDDEN_NAME.test(name))
    refuseWorkbook(
      'workbook.forbidden-content',
      'The workbook contains macros, external links, embedded objects or data connections; save it without.',
      { part: name },
    );
}

export const isXmlPart = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);

export const isNamingPart = (name: string): boolean => /\.rels$|^\[content_types\]\.xml$/i.test(name);

/**
 * Looks into the content types or the relationships of a part, before any XML parser does. Throws
 * `workbook.forbidden-content` for relationships that lead out of the file (links in cells excepted) and for content
 * types of macros. A document type or another encoding, in which these would hide, is refused by the scanner.
 */
export function checkNamingPart(name: string, xml: string): void {
  if (/\.rels$/i.test(name)) checkRelationships(name, xml);
  else if (FORBIDDEN_TYPE.test(xml))
    refuseWorkbook('workbook.forbidden-content', 'The workbook declares macros or external links.', {
      part: name,
    });
}

const FORBIDDEN_FORMULA = /\||\[\d+\]|\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE(?:INIT)?)\s*\(/i;

/** Throws `workbook.forbidden-content` for a formula that reaches out of the workbook: DDE, other files, servers. */
export function checkFormula(formula: string, place: string): void {
  if (FORBIDDEN_FORMULA.test(formula))
    refuseWorkbook('workbook.forbidden-content', `${place}: the formula reaches out of the workbook.`, {
      place,
    });
}

function checkRelationships(name: string, xml: string): void {
  for (const [relationship] of xml.matchAll(RELATIONSHIP)) {
    const found = TARGET_MODE.exec(relationship);
    if (found && (found[1] ?? found[2]) !== 'Internal' && !HYPERLINK.test(relationship))
      refuseWorkbook('workbook.forbidden-content', 'The workbook is linked to other files.', { part: name });
  }
}
