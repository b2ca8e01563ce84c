import { readFile, stat } from 'node:fs/promises';
import { DomainError } from '#kernel';
import type { EvaluationErrorCode } from '#contracts';

/** A thousand bids with bills of some hundred lines stay below it. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON object from a file. Throws `evaluation.input-invalid` for anything else, and for a file beyond the limit. */
export async function readEvaluationFile(file: string): Promise<JsonObject> {
  const { size } = await stat(file);
  if (size > FILE_BYTES_MAX) refuse(`${file} has ${size} bytes; at most ${FILE_BYTES_MAX} are read.`);
  const json = parse(file, await readFile(file, 'utf8'));
  if (typeof json !== 'object' || json === null || Array.isArray(json)) refuse(`${file} is no JSON object.`);
  return json as JsonObject;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) refuse(`${file} is no JSON: ${error.message}`);
    throw error;
  }
}

function refuse(message: string): never {
  throw new DomainError<EvaluationErrorCode>('evaluation.input-invalid', message);
}
