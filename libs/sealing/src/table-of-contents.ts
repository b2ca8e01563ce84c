import { fromUtf8, invariant } from '#kernel';
import { hasExactly, isSha256Hex } from './exact-shape.js';
import { refusal } from './refuse.js';

/** What the first entry of an envelope says of the parts that follow it. */
export interface TableOfContents {
  readonly v: 1;
  readonly parts: readonly ListedPart[];
}

export interface ListedPart {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export const PARTS_MAX = 64;
export const TOC = 'toc.json';
export const PADDING = 'padding';

const NAME = /^[^/\\\p{Cc}\p{Cs}]{1,100}$/u;
const RESERVED: readonly string[] = [TOC, PADDING, '.', '..'];
/** Type and subtype as in RFC 6838 §4.2, with parameters if any; it ends up in headers and records. */
const MEDIA_TYPE = /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*(?:;[\x20-\x7e]+)?$/i;
const MEDIA_TYPE_MAX = 100;

/** Throws `part.too-many`, `part.name-invalid`, `part.media-type-invalid`. */
export function requireListable(parts: readonly Pick<ListedPart, 'name' | 'mediaType'>[]): void {
  if (parts.length > PARTS_MAX) throw refusal('part.too-many', `An envelope has at most ${PARTS_MAX} parts.`);
  const names = parts.map(({ name }) => name);
  const wrong = names.find((name) => !NAME.test(name) || RESERVED.includes(name));
  if (wrong !== undefined || new Set(names).size !== names.length) {
    throw refusal('part.name-invalid', 'Parts have distinct plain names of at most 100 characters.', {
      name: wrong ?? null,
    });
  }
  const untyped = parts.find(({ mediaType }) => !isMediaType(mediaType));
  if (untyped !== undefined) {
    throw refusal('part.media-type-invalid', 'A part has a media type such as application/pdf.', {
      name: untyped.name,
    });
  }
}

/** Reads `toc.json` of whoever sealed: exact members, listable parts. Throws an Error that says what is wrong. */
export function readTable(bytes: Uint8Array): TableOfContents {
  const table = JSON.parse(fromUtf8(bytes)) as TableOfContents;
  invariant(hasExactly(table, ['v', 'parts']) && table.v === 1, 'the table has its members and version 1');
  invariant(Array.isArray(table.parts) && table.parts.every(isListedPart), 'the table lists parts');
  requireListable(table.parts);
  return table;
}

const isListedPart = (part: ListedPart): boolean =>
  hasExactly(part, ['name', 'mediaType', 'size', 'sha256']) &&
  typeof part.name === 'string' &&
  isSha256Hex(part.sha256);

const isMediaType = (text: unknown): boolean =>
  typeof text === 'string' && text.length <= MEDIA_TYPE_MAX && MEDIA_TYPE.test(text);
