import type { CheckedWorkbook } from '../inspect-workbook.js';
import { refuseWorkbook } from '../refuse-workbook.js';
import { WORKBOOK_LIMITS } from '../workbook-limits.js';
import type { XmlHandler } from '../xml/xml-scanner.js';
import { scanPart } from './scan-part.js';

const PART = 'xl/sharedStrings.xml';
const STRICT = new Set(['sst', 'si', 'r']);
const { sharedCharsMax, sharedTextsMax, textCharsMax } = WORKBOOK_LIMITS;

/** Runs of rich text are joined; the reading aid of Japanese (`rPh`) is none of the text. */
class SharedTexts implements XmlHandler {
  readonly texts: string[] = [];
  isTextWanted = false;
  private current = '';
  private chars = 0;
  private isAid = false;

  open(name: string): void {
    if (name === 'si') this.current = '';
    else if (name === 'rPh') this.isAid = true;
    else this.isTextWanted = name === 't' && !this.isAid;
  }

  text(text: string): void {
    this.current += text;
    this.chars += text.length;
    if (this.chars > sharedCharsMax || this.current.length > textCharsMax)
      refuseWorkbook(
        'workbook.too-complex',
        'The workbook holds more text than a bill of quantities needs.',
        {
          text: this.texts.length + 1,
        },
      );
  }

  close(name: string): void {
    if (name === 't') this.isTextWanted = false;
    else if (name === 'rPh') this.isAid = false;
    else if (name === 'si') this.add();
  }

  private add(): void {
    if (this.texts.length === sharedTextsMax)
      refuseWorkbook('workbook.too-complex', `A workbook may share at most ${sharedTextsMax} texts.`);
    this.texts.push(this.current);
  }
}

/** The texts that cells name by number. Throws `workbook.too-complex`, and what {@link scanPart} throws. */
export async function readSharedTexts(workbook: CheckedWorkbook): Promise<readonly string[]> {
  if (!workbook.names.has(PART)) return [];
  const handler = new SharedTexts();
  await scanPart(workbook, PART, handler, STRICT);
  return handler.texts;
}
