import { Controller } from '@nestjs/common';
import { beginRehearsal, getRehearsal, type RequestOf, submitRehearsalShare } from '#contracts';
import { type Call, Handles } from '#service';
import { beginRehearsing, readRehearsal, takeRehearsalShare } from '../use-cases/rehearse.js';
import { TenderingPorts } from '../use-cases/tendering-ports.js';

/** The committee opens a dummy before publication. */
@Controller()
export class RehearsalController {
  constructor(private readonly ports: TenderingPorts) {}

  @Handles(beginRehearsal)
  begin(body: RequestOf<typeof beginRehearsal>, call: Call) {
    return beginRehearsing(this.ports, body, call);
  }

  @Handles(getRehearsal)
  get(body: RequestOf<typeof getRehearsal>, call: Call) {
    return readRehearsal(this.ports, body, call);
  }

  @Handles(submitRehearsalShare)
  share(body: RequestOf<typeof submitRehearsalShare>, call: Call) {
    return takeRehearsalShare(this.ports, body, call);
  }
}
