import { setTimeout as sleep } from 'node:timers/promises';
import { openCheckpoint, verifyLog } from '#ledger';
import { nodeSha256 } from '#ledger/node';
import { LedgerWriter } from '../../apps/audit/src/messaging/ledger-writer.js';
import { takeActs } from '../../apps/audit/src/use-cases/take-acts.js';
import { benchActs, type LedgerStage, LedgerStages } from './ledger-stage.js';

const GROUP = 1_000;
/** Groups that wait for their places at most, so that the figure is of a steady state. */
const GROUPS_AHEAD = 20;
const PROMISE_RATE = 500;
const PROMISES = 5_000;

/** The whole way of an act: taken, at its place, in tiles, under a signed checkpoint that all can see. */
export async function ledgerFlowBench(toMillion: boolean): Promise<void> {
  const stages = await LedgerStages.start();
  try {
    await growth(await stages.stage(), toMillion ? [1e4, 1e5, 1e6] : [1e4, 1e5]);
    await promises(await stages.stage());
  } finally {
    await stages.close();
  }
}

/** Entries a second from each size to the next, with the checkpoint that covers them; then the log is verified. */
async function growth(stage: LedgerStage, sizes: readonly number[]): Promise<void> {
  const flow = new Flow(stage);
  await flow.start();
  let from = 0;
  for (const size of sizes) {
    const startedAt = performance.now();
    for (let seq = from + 1; seq <= size; seq += GROUP) {
      await takeActs(stage.ports, benchActs(seq, Math.min(GROUP, size - seq + 1)));
      await flow.shows(seq - GROUP * GROUPS_AHEAD);
    }
    await flow.shows(size);
    const rate = ((size - from) / (performance.now() - startedAt)) * 1_000;
    const rss = process.memoryUsage().rss / 2 ** 20;
    print(
      `ledger: ${from} to ${size} entries`,
      `${rate.toFixed(0)} acts/s taken, placed, stored and signed; ${rss.toFixed(0)} MiB of memory`,
    );
    from = size;
  }
  await flow.stop();
  const { store, signer } = stage.ports;
  const startedAt = performance.now();
  const readFile = (path: string) => store.read(`ledger/${path}`);
  const { entries } = await verifyLog({ readFile, verifiers: [signer.verifier], sha256: nodeSha256 });
  const seconds = (performance.now() - startedAt) / 1_000;
  print(`ledger: verify ${entries.length} entries`, `${seconds.toFixed(2)} s from the files, all found`);
  await stage.close();
}

/** Time from when an act was due to the checkpoint that proves it, at a steady rate. */
async function promises(stage: LedgerStage): Promise<void> {
  const flow = new Flow(stage);
  await flow.start();
  const acts = benchActs(1, PROMISES);
  const startedAt = performance.now();
  const dueAt = (seq: number): number => startedAt + (seq * 1_000) / PROMISE_RATE;
  const latencies: number[] = [];
  flow.onShown = (size, at) => {
    while (latencies.length < Math.min(size, PROMISES)) latencies.push(at - dueAt(latencies.length + 1));
  };
  for (let taken = 0; taken < PROMISES;) {
    const due = Math.min(PROMISES, Math.floor(((performance.now() - startedAt) * PROMISE_RATE) / 1_000));
    if (due > taken) await takeActs(stage.ports, acts.slice(taken, due));
    taken = Math.max(taken, due);
    await sleep(1);
  }
  await flow.shows(PROMISES);
  await flow.stop();
  latencies.sort((a, b) => a - b);
  const at = (share: number): string => `${latencies[Math.floor(latencies.length * share)]!.toFixed(0)} ms`;
  print(
    `ledger: act to proof at ${PROMISE_RATE}/s`,
    `p50 ${at(0.5)}, p99 ${at(0.99)}, all of ${latencies.length} proved`,
  );
  await stage.close();
}

const print = (name: string, figure: string): void =>
  void process.stdout.write(`${name.padEnd(34)} ${figure}\n`);

/** A running writer, and what its checkpoints cover. */
class Flow {
  private readonly writer: LedgerWriter;
  private size = 0;
  private wake: () => void = () => undefined;
  onShown: (size: number, at: number) => void = () => undefined;

  constructor(private readonly stage: LedgerStage) {
    const { store, signer } = stage.ports;
    const overwrite = store.overwrite.bind(store);
    store.overwrite = async (key, bytes) => {
      await overwrite(key, bytes);
      ({ size: this.size } = openCheckpoint(new TextDecoder().decode(bytes), [signer.verifier]));
      this.onShown(this.size, performance.now());
      this.wake();
    };
    this.writer = new LedgerWriter(stage.ports, 250);
  }

  start(): Promise<void> {
    return this.writer.onModuleInit();
  }

  stop(): Promise<void> {
    return this.writer.onApplicationShutdown();
  }

  async shows(size: number): Promise<void> {
    while (this.size < size) await new Promise<void>((resolve) => (this.wake = resolve));
  }
}
