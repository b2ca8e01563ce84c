import { routes } from 'virtual:contract-routes';
import type * as contracts from '#contracts';
import type { z } from 'zod';
import { Problem, readProblem } from './problem.js';

type Contracts = typeof contracts;
/** The names under which `#contracts` exports requests. */
export type ContractName = {
  [Name in keyof Contracts]: Contracts[Name] extends contracts.RequestContract ? Name : never;
}[keyof Contracts];
type ContractOf<Name extends ContractName> = Contracts[Name] & contracts.RequestContract;
export type InputOf<Name extends ContractName> = z.input<ContractOf<Name>['request']>;
export type AnswerOf<Name extends ContractName> = contracts.ResponseOf<ContractOf<Name>>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The same key makes a repeated command the same command; made anew where none is given. */
  readonly idempotencyKey?: string;
}

/** Sends one request of a contract over HTTP. Throws {@link Problem}. */
export async function call<Name extends ContractName>(
  name: Name,
  input: InputOf<Name>,
  options: CallOptions = {},
): Promise<AnswerOf<Name>> {
  const response = await send(name, input as Record<string, unknown>, options);
  return (await response.json()) as AnswerOf<Name>;
}

/** The address of a contract that answers with a file, for links. */
export function addressOf(name: ContractName, input: Readonly<Record<string, unknown>>): string {
  return fill(routes[name]![1], { ...input });
}

async function send(
  name: ContractName,
  input: Readonly<Record<string, unknown>>,
  { signal, idempotencyKey }: CallOptions,
): Promise<Response> {
  const [method, template, kind] = routes[name]!;
  const rest: Record<string, unknown> = { ...input };
  const path = fill(template, rest);
  const key = kind === 'command' ? { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() } : {};
  if (method === 'GET') {
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    const query = new URLSearchParams(given.map(([name_, value]) => [name_, String(value)])).toString();
    return request(query ? `${path}?${query}` : path, signal ? { signal } : {});
  }
  const headers = { 'content-type': 'application/json', ...key };
  return request(path, { method, headers, body: JSON.stringify(rest), ...(signal ? { signal } : {}) });
}

/** Puts values in the places of `:names` and takes them out of `values`. */
function fill(template: string, values: Record<string, unknown>): string {
  return template.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(values[name]);
    delete values[name];
    return encodeURIComponent(value);
  });
}

/** `fetch` to the own platform; whatever is no success is thrown as {@link Problem}. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem('network.unreachable', String(error), 0, true, null, {});
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}
