import { Controller } from '@nestjs/common';
import { checkMethod, previewMethod, type RequestOf, type ResponseOf, simulateMethod } from '#contracts';
import { Handles } from '#service';
import * as trying from '../use-cases/try-draft-method.js';

/** Methods before publication: judged and tried, and nothing is kept. */
@Controller()
export class MethodController {
  @Handles(checkMethod)
  async check(body: RequestOf<typeof checkMethod>): Promise<ResponseOf<typeof checkMethod>> {
    return trying.checkDraftMethod(body);
  }

  @Handles(previewMethod)
  preview(body: RequestOf<typeof previewMethod>) {
    return trying.previewDraftMethod(body);
  }

  @Handles(simulateMethod)
  simulate(body: RequestOf<typeof simulateMethod>) {
    return trying.simulateDraftMethod(body);
  }
}
