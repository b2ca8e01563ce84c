import { DomainError, type Instant } from '#kernel';
import type { StorageErrorCode } from '#contracts';
import type { Stored } from './object-store.port.js';

type Details = Readonly<Record<string, unknown>>;

const refusal = (code: StorageErrorCode, message: string, details: Details) =>
  new DomainError<StorageErrorCode>(code, message, details);

export const notFound = (key: string) => refusal('object.not-found', 'There is no such object.', { key });

export const otherBytes = (key: string) =>
  refusal('object.exists', 'Other bytes are kept under this name.', { key });

export const tooLarge = (bytesMax: number) =>
  refusal('object.too-large', `At most ${bytesMax} bytes are taken.`, { bytesMax });

export const mismatch = (expect: Stored) =>
  refusal('object.hash-mismatch', 'The bytes are not those that were announced.', { ...expect });

export const retained = (key: string, until: Instant | undefined) =>
  refusal('object.retained', 'The object is kept until its retention ends.', { key, until });

export const rangeInvalid = (key: string, from: number, size: number) =>
  refusal('object.range-invalid', `The object has ${size} bytes.`, { key, from, size });

/** `cause` is a word for operators: the code of the system, of the S3 server, or ours. */
export const unavailable = (message: string, cause: string) =>
  refusal('storage.unavailable', `${message}; try again.`, { cause });
