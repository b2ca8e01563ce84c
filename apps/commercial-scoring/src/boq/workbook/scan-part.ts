import { type CheckedWorkbook, unsound } from '../inspect-workbook.js';
import { refuseWorkbook } from '../refuse-workbook.js';
import { XmlFault } from '../xml/malformed-xml.js';
import { type XmlHandler, XmlScanner } from '../xml/xml-scanner.js';

const CODES = {
  malformed: 'workbook.malformed',
  'document-type': 'workbook.forbidden-content',
  'too-long': 'workbook.too-complex',
} as const;

/** Sees to it that a part is sound XML, whatever it says. */
const NOBODY: XmlHandler = { isTextWanted: false, open: () => {}, text: () => {}, close: () => {} };

/**
 * Lets the handler read one part from its first byte to its last. Throws `workbook.malformed`,
 * `workbook.forbidden-content` for a document type, `workbook.too-complex`, each with the part; and what the handler
 * throws.
 */
export async function scanPart(
  workbook: CheckedWorkbook,
  part: string,
  handler: XmlHandler = NOBODY,
  strictIn?: ReadonlySet<string>,
): Promise<void> {
  const scanner = new XmlScanner(handler, strictIn);
  try {
    for await (const chunk of workbook.open(part)) scanner.write(chunk);
    scanner.end();
  } catch (error) {
    if (error instanceof XmlFault)
      refuseWorkbook(CODES[error.kind], `The part ${part} is refused: ${error.message}.`, { part });
    unsound(error);
  }
}
