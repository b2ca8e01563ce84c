import { malformedXml, XmlFault } from './malformed-xml.js';
import { TagReader, type XmlTag } from './tag-reader.js';
import { characterData, pieceOf, utf8Text, type XmlPiece } from './xml-text.js';

export interface XmlHandler {
  /** Whether {@link XmlHandler.text} is to be called now; text that nobody wants is checked and not decoded. */
  readonly isTextWanted: boolean;
  /** `depth` is 1 for the root. The tag may be asked until the next call. */
  open(name: string, tag: XmlTag, depth: number): void;
  text(text: string): void;
  close(name: string, depth: number): void;
}

/** One tag or text; a cell holds at most 32,767 characters. */
const TOKEN_BYTES_MAX = 256 * 1024;
const DEPTH_MAX = 64;
const EMPTY = Buffer.alloc(0);
const [LT, GT, SLASH, BANG, ASK] = [0x3c, 0x3e, 0x2f, 0x21, 0x3f];
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The byte may stand in UTF-8 text of XML: no control character but tab and line ends. */
const isControl = (byte: number): boolean => byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09;

/**
 * Reads XML as it comes, in one pass over its bytes and in bounded memory: well-formedness of tags, text and
 * references is held, document types (and with them every entity) are refused as soon as they begin, and nothing is
 * ever fetched. The handler sees the elements of the root's own prefix by local name; elements of other prefixes
 * (extensions) are passed over with all that they hold, and refused in the parents named in `strictIn`, where another
 * reader might take them for content.
 *
 * Only UTF-8 is read. Throws {@link XmlFault}. Source: XML 1.0, fifth edition; ECMA-376 part 3.
 */
export class XmlScanner {
  private rest: Buffer = EMPTY;
  private isBegun = false;
  private isRootClosed = false;
  private rootPrefix = '';
  private foreignDepth = 0;
  private readonly stack: string[] = [];
  private readonly tags = new TagReader();

  constructor(
    private readonly handler: XmlHandler,
    private readonly strictIn: ReadonlySet<string> = new Set(),
  ) {}

  write(chunk: Uint8Array): void {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.rest.length === 0 ? fresh : Buffer.concat([this.rest, fresh]);
    let at = this.isBegun ? 0 : this.begin(bytes);
    const piece = pieceOf(bytes);
    while (at < bytes.length) {
      const next = this.token(piece, at);
      if (next < 0) break;
      at = next;
    }
    this.rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : EMPTY;
    if (this.rest.length > TOKEN_BYTES_MAX)
      throw new XmlFault(`one tag or text has more than ${TOKEN_BYTES_MAX} bytes`, 'too-long');
  }

  /** Throws where the document ends before its root does. */
  end(): void {
    if (this.rest.some((byte) => !BLANKS.has(byte)) || !this.isRootClosed) malformedXml('it ends too early');
  }

  /** The first bytes tell the encoding. */
  private begin(bytes: Buffer): number {
    this.isBegun = true;
    const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(
      bytes.toString('latin1', 0, 256),
    );
    const isUtf8 = !declared || /^(?:utf-8|us-ascii)$/i.test(declared[1]!);
    if (!isUtf8 || bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xfe || bytes[0] === 0xff)
      malformedXml('it is not written in UTF-8');
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  }

  /** Where the token at `at` ends, or −1 where its end has not come yet. */
  private token(piece: XmlPiece, at: number): number {
    const { bytes } = piece;
    if (bytes[at] !== LT) return this.characters(piece, at);
    const second = bytes[at + 1];
    if (second === undefined) return -1;
    if (second === SLASH) return this.closeTag(piece, at);
    if (second === ASK) return after(bytes, at + 2, '?>');
    if (second === BANG) return this.marked(piece, at);
    return this.openTag(piece, at);
  }

  private characters(piece: XmlPiece, from: number): number {
    const { bytes } = piece;
    let to = from;
    let isBlank = true;
    for (; to < bytes.length && bytes[to] !== LT; to++) {
      const byte = bytes[to]!;
      if (byte > 0x20) isBlank = false;
      else if (isControl(byte)) malformedXml('a control character stands in the text');
    }
    if (to === bytes.length) return -1;
    if (this.stack.length === 0) {
      if (!isBlank) malformedXml('text stands outside of the root element');
    } else if (this.foreignDepth === 0 && this.handler.isTextWanted) {
      this.handler.text(characterData(piece, from, to));
    }
    return to;
  }

  /** Comments and CDATA; anything else that begins so declares a document type. */
  private marked(piece: XmlPiece, at: number): number {
    const { bytes } = piece;
    const begin = bytes.toString('latin1', at, at + 9);
    if (begin.startsWith('<!--')) return after(bytes, at + 4, '-->');
    if (begin.startsWith('<![CDATA[')) {
      const end = after(bytes, at + 9, ']]>');
      if (end < 0) return end;
      if (this.stack.length === 0) malformedXml('text stands outside of the root element');
      if (this.foreignDepth === 0 && this.handler.isTextWanted)
        this.handler.text(utf8Text(piece, at + 9, end - 3));
      return end;
    }
    if ('<!--'.startsWith(begin) || '<![CDATA['.startsWith(begin)) return -1;
    throw new XmlFault('it declares a document type', 'document-type');
  }

  private openTag(piece: XmlPiece, at: number): number {
    const end = this.tags.read(piece, at + 1);
    if (end < 0) return end;
    const { name, isEmpty } = this.tags;
    if (this.stack.length === DEPTH_MAX) malformedXml(`elements stand in more than ${DEPTH_MAX} others`);
    if (this.isRootClosed) malformedXml('an element follows the root element');
    if (this.stack.length === 0) this.rootPrefix = name.slice(0, name.indexOf(':') + 1);
    this.enter(name);
    this.stack.push(name);
    if (this.foreignDepth === 0) this.handler.open(this.localOf(name), this.tags, this.stack.length);
    if (isEmpty) this.leave(name);
    return end;
  }

  private enter(name: string): void {
    if (this.foreignDepth > 0) this.foreignDepth++;
    else if (this.isForeign(name)) {
      const parent = this.stack.at(-1);
      if (parent !== undefined && this.strictIn.has(this.localOf(parent)))
        malformedXml(`<${name}> does not belong into <${parent}>`);
      this.foreignDepth = 1;
    } else if (this.stack.length > 0 && this.tags.rebinds(this.rootPrefix.slice(0, -1)))
      malformedXml(`<${name}> changes what the names mean`);
  }

  private closeTag(piece: XmlPiece, at: number): number {
    const { bytes } = piece;
    let end = at + 2;
    while (end < bytes.length && bytes[end] !== GT) end++;
    if (end === bytes.length) return -1;
    let nameEnd = end;
    while (BLANKS.has(bytes[nameEnd - 1]!)) nameEnd--;
    this.leave(this.tags.nameOf(piece, at + 2, nameEnd));
    return end + 1;
  }

  private leave(name: string): void {
    const open = this.stack.pop();
    if (open !== name) malformedXml(`</${name}> closes <${open ?? ''}>`);
    if (this.foreignDepth > 0) this.foreignDepth--;
    else this.handler.close(this.localOf(name), this.stack.length + 1);
    if (this.stack.length === 0) this.isRootClosed = true;
  }

  private isForeign(name: string): boolean {
    return this.rootPrefix === '' ? name.includes(':') : !name.startsWith(this.rootPrefix);
  }

  private localOf(name: string): string {
    return this.rootPrefix === '' ? name : name.slice(this.rootPrefix.length);
  }
}

function after(bytes: Buffer, from: number, end: string): number {
  const found = bytes.indexOf(end, from, 'latin1');
  return found < 0 ? -1 : found + end.length;
}
