#!/usr/bin/env node
import { isDomainError } from '#kernel';
import { bidCommand } from './commands/bid.js';
import { bundleCommand } from './commands/bundle.js';
import type { Command } from './commands/command.js';
import { demoCommand } from './commands/demo.js';
import { evaluateCommand } from './commands/evaluate.js';
import { identityCommand } from './commands/identity.js';
import { mailboxCommand } from './commands/mailbox.js';
import { monitorCommand } from './commands/monitor.js';
import { receiptCommand } from './commands/receipt.js';
import { storageCommand } from './commands/storage.js';
import { trusteeCommand } from './commands/trustee.js';
import { verifyCommand } from './commands/verify.js';

const COMMANDS: Readonly<Record<string, Command>> = {
  demo: demoCommand,
  bid: bidCommand,
  identity: identityCommand,
  trustee: trusteeCommand,
  mailbox: mailboxCommand,
  verify: verifyCommand,
  monitor: monitorCommand,
  receipt: receiptCommand,
  evaluate: evaluateCommand,
  bundle: bundleCommand,
  storage: storageCommand,
};

const USAGE = `Usage: sunseal COMMAND [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

sunseal COMMAND --help tells more.
`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command) {
    process.stdout.write(USAGE);
    return name === undefined || name === '--help' ? 0 : 2;
  }
  if (args.includes('--help')) {
    process.stdout.write(`${command.help}\n`);
    return 0;
  }
  return command.run(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const text = isDomainError(error)
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? error.message
      : String(error);
  process.stderr.write(`sunseal: ${text}\n`);
  if (isDomainError(error) && Object.keys(error.details).length > 0) {
    process.stderr.write(`${JSON.stringify(error.details, null, 2)}\n`);
  }
  process.exitCode = 1;
}
