import { setImmediate as turn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { ExportTable } from './export-table.js';

/** A font file with Chinese and Latin letters, and the face in it where it holds several. */
export interface PdfFont {
  readonly file: string;
  readonly face: string | undefined;
}

/** Longer text of one cell is cut in a PDF, which is for reading; the workbook and the ledger have the rest. */
const CELL_CHARS_MAX = 1_500;
const WAITING_BYTES_MAX = 1024 * 1024;
const [MARGIN, BODY, HEAD] = [48, 8, 14];
/** Substitutions and kerning of a font with 65,535 glyphs cost nearly all the time, and are not missed in text of this kind. */
const FEATURES = ['ccmp', 'locl', 'rlig', 'mark', 'mkmk', 'calt', 'clig', 'liga', 'rclt', 'curs', 'kern'];
const PLAIN = { lineBreak: false, features: Object.fromEntries(FEATURES.map((tag) => [tag, false])) };

const cut = (text: string): string =>
  text.length > CELL_CHARS_MAX ? `${text.slice(0, CELL_CHARS_MAX)}…` : text;

/** Writes lines down a page and on the next; breaks where the width ends, as ids and JSON have no words. */
class Lines {
  private readonly widths = new Map<string, number>();
  private readonly widthMax: number;

  constructor(private readonly document: PDFKit.PDFDocument) {
    this.widthMax = document.page.width - 2 * MARGIN;
  }

  write(text: string): void {
    for (const paragraph of text.split(/\r?\n/)) this.wrap(paragraph);
  }

  private wrap(text: string): void {
    let [line, width] = ['', 0];
    for (const letter of text) {
      const own = this.widthOf(letter);
      if (line !== '' && width + own > this.widthMax) {
        this.line(line);
        [line, width] = ['', 0];
      }
      line += letter;
      width += own;
    }
    this.line(line);
  }

  private line(text: string): void {
    const { document } = this;
    const height = document.currentLineHeight(true);
    if (document.y + height > document.page.height - MARGIN) document.addPage();
    document.text(text, MARGIN, document.y, PLAIN as never);
    document.y += height;
  }

  private widthOf(letter: string): number {
    const known = this.widths.get(letter) ?? this.document.widthOfString(letter, PLAIN as never);
    this.widths.set(letter, known);
    return known;
  }
}

/**
 * A PDF (A4, one block an item) as a stream of bytes, written while it is read; pages are not held. Of the font only
 * the letters that occur are embedded. Fails with the error of whatever makes a row, or of the font.
 */
export function writePdf(table: ExportTable, font: PdfFont): AsyncIterable<Uint8Array> {
  const info = { Title: table.title, Producer: 'Sunseal' };
  const document = new PDFDocument({ size: 'A4', margin: MARGIN, info });
  const write = async (): Promise<void> => {
    document.registerFont('text', font.file, font.face);
    document
      .font('text')
      .fontSize(HEAD)
      .text(table.title, PLAIN as never);
    document.y += 2 * HEAD;
    document.fontSize(BODY);
    const lines = new Lines(document);
    for (const line of table.about) lines.write(cut(line));
    for await (const row of table.rows) {
      lines.write('');
      for (const [at, cell] of row.entries()) {
        if (cell !== null && cell !== '') lines.write(cut(`${table.columns[at]!.title}: ${cell}`));
      }
      do await turn();
      while (!document.destroyed && document.readableLength > WAITING_BYTES_MAX);
    }
    document.end();
  };
  write().catch((error: unknown) =>
    document.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return document as unknown as AsyncIterable<Uint8Array>;
}
