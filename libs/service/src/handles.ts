import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { DomainError, isDomainError } from '#kernel';
import type {
  DataOf,
  EventContract,
  EventEnvelope,
  Reply,
  RequestContract,
  RequestEnvelope,
  RequestOf,
  ResponseOf,
  ServiceName,
} from '#contracts';
import { databaseRefusal } from '#database';
import { authorise } from './authorise.js';
import type { Call } from './call.js';

/** What a handler hands to the transport: the reply, and what went wrong inside for the log alone. */
export interface Handled {
  readonly reply: Reply;
  readonly cause?: unknown;
}

type Answers<C extends RequestContract> = (body: RequestOf<C>, call: Call) => Promise<ResponseOf<C>>;
type Takes<C extends EventContract> = (data: DataOf<C>, event: EventEnvelope) => Promise<void>;
type TakesAny = (event: EventEnvelope) => Promise<void>;

function refusal(error: DomainError): Handled {
  return {
    reply: { ok: false, error: { code: error.code, message: error.message, details: { ...error.details } } },
  };
}

/** What callers see of something that was thrown: its refusal, or that something went wrong, with the cause for the log. */
export function failed(cause: unknown): Handled {
  const refused = isDomainError(cause) ? cause : databaseRefusal(cause);
  if (refused) return refusal(refused);
  const error = { code: 'internal.error', message: 'Something went wrong on our side.', details: {} };
  return { reply: { ok: false, error }, cause };
}

function readBody<C extends RequestContract>(contract: C, body: unknown): RequestOf<C> {
  const parsed = contract.request.safeParse(body);
  if (parsed.success) return parsed.data as RequestOf<C>;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new DomainError('request.malformed', 'The request does not fit its schema; see issues.', { issues });
}

function readCall(contract: RequestContract, envelope: RequestEnvelope, body: unknown): Call {
  const { actor, correlationId, idempotencyKey } = envelope;
  if (contract.kind === 'command' && idempotencyKey === null && contract.access !== 'internal') {
    throw new DomainError(
      'request.idempotency-key-missing',
      'Send an Idempotency-Key header, new for each act.',
    );
  }
  const { subject } = contract;
  return { actor, actorId: actor?.personId ?? null, correlationId, subject, idempotencyKey, body };
}

/**
 * The method answers this contract: the body was validated and the role checked before it runs, and its answer is
 * held against the response schema, so that nothing undeclared leaves the service.
 */
export function Handles<C extends RequestContract>(contract: C) {
  return <F extends Answers<C>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    const method = descriptor.value!;
    const handle = async function (this: unknown, envelope: RequestEnvelope): Promise<Handled> {
      try {
        authorise(contract, envelope.actor);
        const body = readBody(contract, envelope.body);
        const answer = await method.call(this, body, readCall(contract, envelope, body));
        return { reply: { ok: true, body: contract.response.parse(answer) } };
      } catch (cause) {
        return failed(cause);
      }
    };
    descriptor.value = handle as unknown as F;
    MessagePattern(contract.subject)(target, key, descriptor as PropertyDescriptor);
  };
}

/** The name under which the transport finds the handlers of one durable consumer. */
export const eventPattern = (consumer: string, subject: string): string => `${consumer}|${subject}`;

/** Runs a consumer's method; what goes wrong in it is told to the transport, which lets the bus bring the event again. */
async function take(work: () => Promise<void>): Promise<Handled> {
  try {
    await work();
    return { reply: { ok: true, body: null } };
  } catch (cause) {
    return { ...failed(cause), cause };
  }
}

/** The method takes this event for the consumer, at least once; a failure makes the bus bring it again. */
export function Consumes<C extends EventContract>(consumer: ServiceName, contract: C) {
  return <F extends Takes<C>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    const method = descriptor.value!;
    const handle = function (this: unknown, event: EventEnvelope): Promise<Handled> {
      return take(() => method.call(this, contract.data.parse(event.data) as DataOf<C>, event));
    };
    descriptor.value = handle as unknown as F;
    EventPattern(eventPattern(consumer, contract.subject))(target, key, descriptor as PropertyDescriptor);
  };
}

/** As {@link Consumes}, for every event there is: the audit service and live updates. */
export function ConsumesAll(consumer: ServiceName) {
  return <F extends TakesAny>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    const method = descriptor.value!;
    const handle = function (this: unknown, event: EventEnvelope): Promise<Handled> {
      return take(() => method.call(this, event));
    };
    descriptor.value = handle as unknown as F;
    EventPattern(eventPattern(consumer, '*'))(target, key, descriptor as PropertyDescriptor);
  };
}
