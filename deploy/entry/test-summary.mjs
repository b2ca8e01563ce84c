/**
 * Lines that end a test run, the last of them `N passed, N failed` (and `, N skipped`), and whether the run is good.
 * A spec file that could not be loaded counts as one failure; a tier that ended without a report too. A skipped test
 * says its reason in its own name or in that of its block, so its full name is listed. With `isStrict` a skipped
 * test makes the run bad. A run without any test is bad.
 */
export function summarise(reports, { isStrict, nameOf }) {
  const failures = [];
  const skips = [];
  let passed = 0;
  for (const { tier, code, report } of reports) {
    const before = failures.length;
    for (const { name, assertionResults, message } of report?.testResults ?? []) {
      for (const { status, fullName } of assertionResults) {
        if (status === 'passed') passed += 1;
        else if (status === 'failed') failures.push(`${nameOf(name)}: ${fullName}`);
        else skips.push(`${nameOf(name)}: ${fullName}`);
      }
      const couldNotRun = assertionResults.length === 0 && message !== '';
      if (couldNotRun) failures.push(`${nameOf(name)}: could not be run`);
    }
    if (report === undefined) failures.push(`${tier}: ended with ${code} before it reported`);
    else if (code !== 0 && failures.length === before) failures.push(`${tier}: ended with ${code}`);
  }
  const isEmpty = passed + failures.length === 0;
  const total = `${passed} passed, ${failures.length} failed${skips.length > 0 ? `, ${skips.length} skipped` : ''}`;
  return {
    lines: [
      ...failures.map((name) => `failed   ${name}`),
      ...skips.map((name) => `skipped  ${name}`),
      ...(isEmpty ? ['no test was run'] : []),
      ...(isStrict && skips.length > 0 ? ['with CI=true no test may be skipped'] : []),
      total,
    ],
    isGood: !isEmpty && failures.length === 0 && !(isStrict && skips.length > 0),
  };
}
