import { Controller, type DynamicModule, Module } from '@nestjs/common';
import { checkSealedActs, findCommitments, type RequestOf, resendActs, type ServiceName } from '#contracts';
import type { ServiceDatabase } from '#database';
import { Handles } from '../handles.js';
import { checkOwnSealedActs, findOwnCommitments, resendOwnActs } from './own-acts.js';

type Body<C extends (service: ServiceName) => Parameters<typeof Handles>[0]> = RequestOf<ReturnType<C>>;

/** What every service answers about its own acts, so that the ledger can be held against them. */
export function ownActsController(service: ServiceName, database: ServiceDatabase) {
  @Controller()
  class OwnActsController {
    @Handles(resendActs(service))
    resend(body: Body<typeof resendActs>) {
      return resendOwnActs(service, database, body);
    }

    @Handles(findCommitments(service))
    find(body: Body<typeof findCommitments>) {
      return findOwnCommitments(service, database, body);
    }

    @Handles(checkSealedActs(service))
    check(body: Body<typeof checkSealedActs>) {
      return checkOwnSealedActs(service, database, body);
    }
  }
  return OwnActsController;
}

export function ownActsModule(service: ServiceName, database: ServiceDatabase): DynamicModule {
  @Module({})
  class OwnActsModule {}
  return { module: OwnActsModule, controllers: [ownActsController(service, database)] };
}
