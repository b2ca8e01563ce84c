import { Controller, type DynamicModule, Get, HttpException, Inject, Module } from '@nestjs/common';
import type { ServiceRuntime } from './service-definition.js';

const RUNTIMES = Symbol('runtimes');

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** `GET /health`: 200 when every part that this process needs answers, 503 with the parts that do not. */
@Controller('health')
class HealthController {
  constructor(@Inject(RUNTIMES) private readonly runtimes: readonly ServiceRuntime[]) {}

  @Get()
  async health(): Promise<{ status: 'ok'; checks: readonly Check[] }> {
    const [first] = this.runtimes;
    const checks = await Promise.all([
      ...this.runtimes.map(({ name, database }) =>
        check(`database of ${name}`, async () => {
          await database.dataSource.query('SELECT 1');
          return { ok: true, detail: 'answers' };
        }),
      ),
      ...(first ? [check('bus', () => first.bus.health()), check('store', () => first.store.health())] : []),
    ]);
    if (checks.some(({ ok }) => !ok)) throw new HttpException({ status: 'unavailable', checks }, 503);
    return { status: 'ok', checks };
  }
}

async function check(name: string, probe: () => Promise<{ ok: boolean; detail: string }>): Promise<Check> {
  try {
    return { name, ...(await probe()) };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

@Module({})
class HealthModule {}

export function healthModule(runtimes: readonly ServiceRuntime[]): DynamicModule {
  return {
    module: HealthModule,
    controllers: [HealthController],
    providers: [{ provide: RUNTIMES, useValue: runtimes }],
  };
}
