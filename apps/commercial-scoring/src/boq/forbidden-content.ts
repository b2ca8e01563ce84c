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

function checkEncoding(name: string, bytes: Buffer): void {
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(
    bytes.toString('latin1', 0, 256),
  );
  if (bytes.includes(0) || (declared && !/^(?:utf-8|us-ascii)$/i.test(declared[1]!)))
    refuseWorkbook('workbook.malformed', `The part ${name} is not written in UTF-8.`, { part: name });
}

/**
 * Looks into one XML part, as bytes, before any XML parser does. Throws `workbook.forbidden-content` for a
 * document type or entity declaration, for relationships that lead out of the file (links in cells excepted) and
 * for content types of macros; `workbook.malformed` for another encoding than UTF-8, in which the former would hide.
 */
export function checkXmlPart(name: string, bytes: Buffer): void {
  checkEncoding(name, bytes);
  if (bytes.includes('<!DOCTYPE') || bytes.includes('<!ENTITY'))
    refuseWorkbook('workbook.forbidden-content', `The part ${name} declares a document type.`, {
      part: name,
    });
  if (/\.rels$/i.test(name)) checkRelationships(name, bytes.toString('utf8'));
  if (/^\[content_types\]\.xml$/i.test(name) && FORBIDDEN_TYPE.test(bytes.toString('utf8')))
    refuseWorkbook('workbook.forbidden-content', 'The workbook declares macros or external links.', {
      part: name,
    });
}

function checkRelationships(name: string, xml: string): void {
  for (const [relationship] of xml.matchAll(RELATIONSHIP)) {
    const found = TARGET_MODE.exec(relationship);
    if (found && (found[1] ?? found[2]) !== 'Internal' && !HYPERLINK.test(relationship))
      refuseWorkbook('workbook.forbidden-content', 'The workbook is linked to other files.', { part: name });
  }
}
