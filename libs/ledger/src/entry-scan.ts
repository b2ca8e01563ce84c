import { utf8 } from '#kernel';
import { NO, skipLiteral, skipObject, skipText, skipWhole } from './canonical-scan.js';

const SEALED = utf8('{"sealed":"');
const PLACE = utf8('{"place":"');
const SEALED_BEHIND = utf8('","sealed":"');
const SEALED_END = utf8('","v":1}');
const ACTOR = utf8('{"actor":');
const AT = utf8(',"at":');
const CLOCK_FACTOR = utf8(',"clockFactor":');
const DATA = utf8(',"data":');
const PRODUCER = utf8(',"producer":');
const REGION = utf8(',"region":');
const SEQ = utf8(',"seq":');
const TENDER = utf8(',"tender":');
const TYPE = utf8(',"type":');
const VERSION_END = utf8(',"v":1}');
const NULL = utf8('null');

const ZERO = 0x30;
const ONE = 0x31;
const MINUS = 0x2d;
const HASH_DIGITS = 64;

/**
 * True only if the bytes from `from` on are an entry that `decodeEntry` takes: the same rules, read in one pass,
 * since canonical form leaves the members one order. False settles nothing, see `canonical-scan.ts`.
 */
export function isSurelyEntry(bytes: Uint8Array, from = 0): boolean {
  const actor = skipLiteral(bytes, from, ACTOR);
  if (actor < 0) return isSealed(bytes, from);
  let at = skipTextOrNull(bytes, actor);
  at = skipInstant(bytes, skipLiteral(bytes, at, AT));
  const factor = skipLiteral(bytes, at, CLOCK_FACTOR);
  if (factor >= 0) at = skipFactor(bytes, factor);
  at = skipObject(bytes, skipLiteral(bytes, at, DATA), 2);
  at = skipSomeText(bytes, skipLiteral(bytes, at, PRODUCER));
  at = skipSomeText(bytes, skipLiteral(bytes, at, REGION));
  at = skipPositive(bytes, skipLiteral(bytes, at, SEQ));
  at = skipTextOrNull(bytes, skipLiteral(bytes, at, TENDER));
  at = skipSomeText(bytes, skipLiteral(bytes, at, TYPE));
  at = skipLiteral(bytes, at, VERSION_END);
  return at === bytes.length;
}

function isSealed(bytes: Uint8Array, from: number): boolean {
  const place = skipHash(bytes, skipLiteral(bytes, from, PLACE));
  const sealed = skipLiteral(bytes, place < 0 ? from : place, place < 0 ? SEALED : SEALED_BEHIND);
  return skipLiteral(bytes, skipHash(bytes, sealed), SEALED_END) === bytes.length;
}

/** 64 digits of lower-case hex. */
function skipHash(bytes: Uint8Array, at: number): number {
  const end = at + HASH_DIGITS;
  if (at < 0 || end > bytes.length) return NO;
  for (let i = at; i < end; i++) {
    const byte = bytes[i]!;
    const isHex = (byte >= ZERO && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
    if (!isHex) return NO;
  }
  return end;
}

/** Text of one character or more. */
function skipSomeText(bytes: Uint8Array, at: number): number {
  const end = skipText(bytes, at);
  return end > at + 2 ? end : NO;
}

function skipTextOrNull(bytes: Uint8Array, at: number): number {
  const behindNull = skipLiteral(bytes, at, NULL);
  return behindNull < 0 ? skipSomeText(bytes, at) : behindNull;
}

function skipPositive(bytes: Uint8Array, at: number): number {
  const end = skipWhole(bytes, at);
  return end < 0 || bytes[at] === MINUS || bytes[at] === ZERO ? NO : end;
}

/** A whole number above 1. */
function skipFactor(bytes: Uint8Array, at: number): number {
  const end = skipPositive(bytes, at);
  return end === at + 1 && bytes[at] === ONE ? NO : end;
}

const INSTANT = utf8('"0000-00-00T00:00:00.000Z"');
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `"YYYY-MM-DDTHH:mm:ss.sssZ"` of a moment that exists, as `isInstant` says. */
function skipInstant(bytes: Uint8Array, at: number): number {
  if (at < 0 || at + INSTANT.length > bytes.length) return NO;
  for (let i = 0; i < INSTANT.length; i++) {
    const byte = bytes[at + i]!;
    if (INSTANT[i] === ZERO ? byte < ZERO || byte > 0x39 : byte !== INSTANT[i]) return NO;
  }
  const twoDigits = (offset: number): number =>
    (bytes[at + offset]! - ZERO) * 10 + (bytes[at + offset + 1]! - ZERO);
  const month = twoDigits(6);
  const day = twoDigits(9);
  if (month < 1 || month > 12 || day < 1 || twoDigits(12) > 23) return NO;
  if (twoDigits(15) > 59 || twoDigits(18) > 59) return NO;
  if (day > DAYS[month - 1]! && !(month === 2 && day === 29 && isLeap(twoDigits(1) * 100 + twoDigits(3)))) {
    return NO;
  }
  return at + INSTANT.length;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
