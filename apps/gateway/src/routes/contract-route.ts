import {
  Controller,
  HttpCode,
  Req,
  RequestMapping,
  RequestMethod,
  Res,
  type Type,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type HttpFace, type RequestContract, type ResponseOf, storedObject } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import { SessionGuard, type SessionRequest } from '../sessions/passport-strategies.js';
import { correlationOf } from './problem.filter.js';
import { readIdempotencyKey, readRequest } from './read-request.js';
import { sendStoredObject } from './stored-object.js';

const METHODS: Readonly<Record<HttpFace['method'], RequestMethod>> = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
};

/**
 * The HTTP face of one contract as a Nest controller: who asks comes from the session, the body goes unread to the
 * service that knows its schema, and the answer comes back as JSON or as the object that it names.
 */
export function contractRoute(contract: RequestContract, { method, path, answer }: HttpFace): Type {
  @Controller()
  @UseGuards(SessionGuard)
  class ContractRoute {
    constructor(private readonly ports: GatewayPorts) {}

    @RequestMapping({ path, method: METHODS[method] })
    @HttpCode(200)
    async answer(
      @Req() request: SessionRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<unknown> {
      const result = await this.ports.requests.forward(contract, readRequest(request), {
        actor: request.user?.actor ?? null,
        correlationId: correlationOf(request),
        idempotencyKey: readIdempotencyKey(request),
      });
      reply.header('cache-control', 'no-store');
      if (answer !== 'object') return result;
      const named = storedObject.parse(result) as ResponseOf<RequestContract<never, typeof storedObject>>;
      return sendStoredObject(this.ports.store, named, reply);
    }
  }
  return ContractRoute;
}
