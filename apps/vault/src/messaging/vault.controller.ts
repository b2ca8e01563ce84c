import { Controller } from '@nestjs/common';
import {
  acceptBody,
  authoriseUpload,
  getDescriptor,
  getOwnBid,
  getReceipt,
  joinTender,
  type RequestOf,
  submitBid,
  submitMailboxLog,
  withdrawBid,
} from '#contracts';
import { type Call, callInRegionOf, Handles } from '#service';
import { join } from '../use-cases/intake/participate.js';
import { readReceipt } from '../use-cases/intake/read-receipt.js';
import * as reading from '../use-cases/read-vault.js';
import { commitBid, commitWithdrawal } from '../use-cases/intake/commit-bid.js';
import { takeMailboxLog } from '../use-cases/intake/take-mailbox-log.js';
import { authoriseBody, takeBody } from '../use-cases/intake/take-body.js';
import { VaultPorts } from '../use-cases/vault-ports.js';

/** One method a subject: hands the body to its use case, and nothing else. */
@Controller()
export class VaultController {
  constructor(private readonly ports: VaultPorts) {}

  @Handles(getDescriptor)
  descriptor(body: RequestOf<typeof getDescriptor>) {
    return reading.descriptorOf(this.ports, body);
  }

  @Handles(joinTender)
  join(body: RequestOf<typeof joinTender>, call: Call) {
    return join(this.ports, body, call);
  }

  @Handles(authoriseUpload)
  upload(body: RequestOf<typeof authoriseUpload>, call: Call) {
    return authoriseBody(this.ports, body, call);
  }

  @Handles(acceptBody)
  body(body: RequestOf<typeof acceptBody>, call: Call) {
    return takeBody(this.ports, body, call);
  }

  @Handles(submitBid)
  submit(body: RequestOf<typeof submitBid>, call: Call) {
    return commitBid(this.ports, body, call);
  }

  @Handles(submitMailboxLog)
  async mailbox(body: RequestOf<typeof submitMailboxLog>, call: Call) {
    return takeMailboxLog(this.ports, body, await callInRegionOf(this.ports.requests, call, body.tenderId));
  }

  @Handles(withdrawBid)
  withdraw(body: RequestOf<typeof withdrawBid>, call: Call) {
    return commitWithdrawal(this.ports, body, call);
  }

  @Handles(getOwnBid)
  own(body: RequestOf<typeof getOwnBid>, call: Call) {
    return reading.ownBid(this.ports, body, call);
  }

  @Handles(getReceipt)
  receipt(body: RequestOf<typeof getReceipt>, call: Call) {
    return readReceipt(this.ports, body, call);
  }
}
