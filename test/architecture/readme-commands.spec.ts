import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const OF_NPM = new Set(['ci', 'install']);

/** The scripts that a text tells its reader to run. */
function commandsIn(text: string): string[] {
  const found = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|([a-z][\w-]*))/g)];
  return [...new Set(found.map(([, run, short]) => run ?? short ?? '').filter((name) => !OF_NPM.has(name)))];
}

describe('commands in the documentation', () => {
  it.each(['README.md', 'CONTRIBUTING.md'])('%s names only scripts that package.json has', (file) => {
    const commands = commandsIn(readFileSync(file, 'utf8'));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('README.md names the ways in', () => {
    expect(commandsIn(readFileSync('README.md', 'utf8'))).toEqual(
      expect.arrayContaining(['demo', 'start', 'test', 'check']),
    );
  });

  it('each script starts a file that exists', () => {
    for (const [name, command] of Object.entries(scripts)) {
      const file = /^node (\S+\.mjs)$/.exec(command)?.[1];
      expect({ name, file }).toEqual({ name, file: expect.stringMatching(/^deploy\//) });
      expect(() => readFileSync(file ?? '')).not.toThrow();
    }
  });
});
