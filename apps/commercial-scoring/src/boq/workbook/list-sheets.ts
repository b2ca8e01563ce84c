import { checkFormula } from '../forbidden-content.js';
import type { CheckedWorkbook } from '../inspect-workbook.js';
import { refuseWorkbook } from '../refuse-workbook.js';
import { WORKBOOK_LIMITS } from '../workbook-limits.js';
import type { XmlTag } from '../xml/tag-reader.js';
import { scanPart } from './scan-part.js';

export interface SheetPart {
  readonly name: string;
  readonly part: string;
}

const WORKBOOK = 'xl/workbook.xml';
const RELATIONSHIPS = 'xl/_rels/workbook.xml.rels';

async function relationTargets(workbook: CheckedWorkbook): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  if (!workbook.names.has(RELATIONSHIPS)) return targets;
  await scanPart(workbook, RELATIONSHIPS, {
    isTextWanted: false,
    open: (name, tag) => {
      if (name !== 'Relationship') return;
      const target = tag.attribute('Target') ?? '';
      targets.set(tag.attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
    text: () => {},
    close: () => {},
  });
  return targets;
}

/** The attribute `id` of the relationships' namespace, by the prefix that all writers use. */
const relationOf = (tag: XmlTag): string => tag.attribute('r:id') ?? '';

/**
 * All work sheets in the order of the workbook, hidden ones among them: what is hidden from a person is read all the
 * same. Chart sheets hold no cells and are passed over. Throws `workbook.malformed`, `workbook.too-complex`,
 * `workbook.forbidden-content` for a defined name that reaches out of the workbook.
 */
export async function listSheets(workbook: CheckedWorkbook): Promise<SheetPart[]> {
  const targets = await relationTargets(workbook);
  const sheets: SheetPart[] = [];
  let isName = false;
  await scanPart(workbook, WORKBOOK, {
    get isTextWanted() {
      return isName;
    },
    open: (name, tag) => {
      isName = name === 'definedName';
      if (name !== 'sheet') return;
      const title = tag.attribute('name') ?? '';
      const part = targets.get(relationOf(tag));
      if (part === undefined || !workbook.names.has(part))
        refuseWorkbook('workbook.malformed', `The sheet ${title} is not in the workbook.`, { sheet: title });
      if (sheets.length === WORKBOOK_LIMITS.sheetsMax)
        refuseWorkbook(
          'workbook.too-complex',
          `A workbook may have at most ${WORKBOOK_LIMITS.sheetsMax} sheets.`,
        );
      if (sheets.some((one) => one.part === part || one.name.toLowerCase() === title.toLowerCase()))
        refuseWorkbook('workbook.malformed', `The sheet ${title} stands twice.`, { sheet: title });
      if (!part.startsWith('xl/chartsheets/')) sheets.push({ name: title, part });
    },
    text: (text) => checkFormula(text, 'A defined name'),
    close: () => {
      isName = false;
    },
  });
  return sheets;
}
