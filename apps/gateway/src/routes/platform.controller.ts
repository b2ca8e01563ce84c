import { Controller, Get } from '@nestjs/common';
import type { Instant } from '#kernel';
import { REQUESTS } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import type { PortalBuild } from '../portal/portal-build.js';
import { openApiDocument } from './openapi.js';

/** What concerns the platform as such: its time, its portal and its API. */
@Controller('api')
export class PlatformController {
  private readonly document = openApiDocument(REQUESTS);

  constructor(private readonly ports: GatewayPorts) {}

  /** `factor` other than 1 says that this platform runs on a demonstration clock. */
  @Get('v1/time')
  time(): Promise<{ readonly now: Instant; readonly factor: number }> {
    return this.ports.clock();
  }

  /** The portal that this gateway serves, file by file, so that people can compare what they were given. */
  @Get('v1/platform')
  platform(): { readonly portal: PortalBuild | null } {
    return { portal: this.ports.portalBuild };
  }

  @Get('openapi.json')
  openApi(): Record<string, unknown> {
    return this.document;
  }
}
