import { fromUtf8, isInstant, jcsBytes, bytesEqual, type Instant, type Json } from '#kernel';
import { refusal } from './refusal.js';
import { isSurelyEntry } from './entry-scan.js';
import { ENTRY_BYTES_MAX } from './tile-bytes.js';

export type JsonObject = { readonly [key: string]: Json };

/** An act that everybody may know. */
export interface OpenEntry {
  readonly v: 1;
  /** `noun-past` of the act, e.g. `tender-published`. */
  readonly type: string;
  readonly at: Instant;
  /** Service that did it; `seq` has no gaps within one producer and starts at 1. */
  readonly producer: string;
  readonly seq: number;
  readonly region: string;
  readonly tender: string | null;
  /** Who acted; null stands for the public or the system. */
  readonly actor: string | null;
  readonly data: JsonObject;
  /** Only while a demonstration clock runs: how many times faster than real time. */
  readonly clockFactor?: number;
}

/** An act that is not public yet: nothing but commitments, see `commit` and `commitPlace`. */
export interface SealedEntry {
  readonly v: 1;
  /** Of the event; SHA-256 in lower-case hex. */
  readonly sealed: string;
  /** Of producer and number, which are nobody's to know before the reveal, not even the actor's. */
  readonly place?: string;
}

export type Entry = OpenEntry | SealedEntry;

export const isSealedEntry = (entry: Entry): entry is SealedEntry => 'sealed' in entry;

const SHA256_HEX = /^[0-9a-f]{64}$/;
const OPEN_KEYS = 'actor,at,data,producer,region,seq,tender,type,v';
const DEMONSTRATION_KEYS = 'actor,at,clockFactor,data,producer,region,seq,tender,type,v';
const SEALED_KEYS = 'sealed,v';
const PLACED_KEYS = 'place,sealed,v';

/** Objects and lists one within the other. */
const DEPTH_MAX = 64;

const malformed = (message: string) => refusal('entry.malformed', message);

/**
 * Bytes of an entry as the log holds them: RFC 8785 (JCS) in UTF-8. Refuses with `entry.too-large` above 65,535
 * bytes and with `entry.malformed` what {@link decodeEntry} would not read back.
 */
export function encodeEntry(entry: Entry): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = jcsBytes(entry);
  } catch {
    throw malformed('entry is not JSON');
  }
  if (bytes.length > ENTRY_BYTES_MAX) {
    throw refusal(
      'entry.too-large',
      `an entry has at most ${ENTRY_BYTES_MAX} bytes; give large things by hash`,
      {
        bytes: bytes.length,
      },
    );
  }
  if (!isSurelyEntry(bytes)) decodeUnsure(bytes);
  return bytes;
}

/** Reads an entry strictly: canonical JSON, exactly the known members. Refuses with `entry.malformed`. */
export function decodeEntry(bytes: Uint8Array): Entry {
  return isSurelyEntry(bytes) ? (JSON.parse(fromUtf8(bytes)) as Entry) : decodeUnsure(bytes);
}

/** {@link decodeEntry} without the short cut: for what the scanner leaves open, and to say what is wrong. */
export function decodeUnsure(bytes: Uint8Array): Entry {
  const value = parseCanonical(bytes);
  if (!isJsonObject(value) || value['v'] !== 1) throw malformed('an entry is a JSON object of version 1');
  const keys = Object.keys(value)
    .filter((key) => key !== 'clockFactor' || value['sealed'] !== undefined)
    .sort()
    .join();
  if (keys === SEALED_KEYS || keys === PLACED_KEYS) return readSealed(value);
  if (keys !== OPEN_KEYS && keys !== DEMONSTRATION_KEYS)
    throw malformed(`an entry has the members ${OPEN_KEYS} or ${SEALED_KEYS}`);
  return readOpen(value);
}

function readSealed({ sealed, place }: JsonObject): SealedEntry {
  if (typeof sealed !== 'string' || !SHA256_HEX.test(sealed)) throw malformed('sealed is no SHA-256');
  if (place === undefined) return { v: 1, sealed };
  if (typeof place !== 'string' || !SHA256_HEX.test(place)) throw malformed('place is no SHA-256');
  return { v: 1, sealed, place };
}

function readOpen(value: JsonObject): OpenEntry {
  const text = (name: string): string => {
    const member = value[name];
    if (typeof member !== 'string' || member === '') throw malformed(`${name} is text`);
    return member;
  };
  const textOrNull = (name: string): string | null => (value[name] === null ? null : text(name));
  const { seq, data, clockFactor } = value;
  const at = text('at');
  if (!isInstant(at)) throw malformed('at is an instant in UTC with milliseconds');
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) throw malformed('seq counts from 1');
  if (!isJsonObject(data)) throw malformed('data is a JSON object');
  if (
    clockFactor !== undefined &&
    !(typeof clockFactor === 'number' && Number.isSafeInteger(clockFactor) && clockFactor > 1)
  ) {
    throw malformed('clockFactor is a whole number above 1');
  }
  return {
    v: 1,
    type: text('type'),
    at,
    producer: text('producer'),
    seq,
    region: text('region'),
    tender: textOrNull('tender'),
    actor: textOrNull('actor'),
    data,
    ...(clockFactor === undefined ? {} : { clockFactor }),
  };
}

function parseCanonical(bytes: Uint8Array): Json {
  let value: Json;
  try {
    value = JSON.parse(fromUtf8(bytes)) as Json;
  } catch {
    throw malformed('entry is not JSON in UTF-8');
  }
  requireText(value, 0);
  let canonical: Uint8Array;
  try {
    canonical = jcsBytes(value);
  } catch {
    // 1e999 is JSON, and no number.
    throw malformed('entry holds a number that is too large');
  }
  // The comparison also refuses repeated members and numbers that JSON cannot carry.
  if (!bytesEqual(canonical, bytes)) throw malformed('entry is not in canonical form (RFC 8785)');
  return value;
}

/** Bounded depth, so that whoever walks an entry may recurse, and text that is Unicode, names included. */
function requireText(value: Json, depth: number): void {
  if (depth > DEPTH_MAX) throw malformed(`entry is nested deeper than ${DEPTH_MAX} levels`);
  if (typeof value === 'string' && /\p{Cs}/u.test(value)) {
    throw malformed('entry holds text that is not Unicode');
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    requireText(key, 0);
    requireText(member as Json, depth + 1);
  }
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
