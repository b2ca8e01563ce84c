import canonicalizeCjs from 'canonicalize';
import { utf8 } from './bytes.js';
import { invariant } from './invariant.js';

const canonicalize = canonicalizeCjs as unknown as (value: unknown) => string | undefined;

/** A value that JSON can carry without loss. Money and scores travel as decimal strings, never as numbers. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** RFC 8785 (JCS): the one text of a JSON value, for hashing and signing. */
export function jcs(value: unknown): string {
  const text = canonicalize(value);
  invariant(text !== undefined, 'only JSON values have a canonical form');
  return text;
}

/** UTF-8 bytes of {@link jcs}. */
export const jcsBytes = (value: unknown): Uint8Array => utf8(jcs(value));
