import { relative } from 'node:path';

/** One line for each spec file as it ends, and the failures at once; the totals come from test-summary.mjs. */
export default class TestReporter {
  constructor(config) {
    this.rootDir = config.rootDir;
  }

  onTestResult(_test, result) {
    const { numFailingTests, numPassingTests, numPendingTests, perfStats, failureMessage, testExecError } =
      result;
    const isBad = numFailingTests > 0 || testExecError !== undefined;
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    const seconds = (perfStats.runtime / 1000).toFixed(1);
    const file = relative(this.rootDir, result.testFilePath);
    process.stderr.write(
      `${isBad ? '✗' : '✓'} ${file} (${numPassingTests} passed${skipped}, ${seconds} s)\n`,
    );
    if (failureMessage) process.stderr.write(`${failureMessage}\n`);
  }
}
