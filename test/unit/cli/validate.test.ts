import { expect, it } from 'vitest';
import { type Checked, validate } from '../../../src/cli/validate.ts';
import type { Problem } from '../../../src/domain/problem/problem.ts';

const counts = { services: 1, playbooks: 3, templates: 8 };
const problem = (level: Problem['level'], file: string, line: number): Problem => ({
  level,
  file,
  line,
  column: 7,
  what: 'verify[0].http.status',
  expected: 'a whole number',
  found: '"ok"',
  example: 'status: 200',
});

async function run(checked: Checked) {
  const lines: string[] = [];
  const code = await validate({ root: '/r', check: async () => checked, print: (line) => lines.push(line) });
  return { code, lines };
}

it('says that all is well, with counts', async () => {
  expect(await run({ problems: [], counts })).toEqual({
    code: 0,
    lines: ['All is well in /r: 1 service, 3 playbooks and 8 templates checked.'],
  });
});

it('prints every problem with its place and an example, then how many there are', async () => {
  const problems = [
    problem('warning', 'walkback.yml', 3),
    problem('error', 'a.yml', 1),
    problem('error', 'b.yml', 2),
  ];
  expect(await run({ problems, counts })).toEqual({
    code: 1,
    lines: [
      'a.yml:1:7  verify[0].http.status: expected a whole number, found "ok"\n    for example: status: 200',
      'b.yml:2:7  verify[0].http.status: expected a whole number, found "ok"\n    for example: status: 200',
      'walkback.yml:3:7  warning: verify[0].http.status: expected a whole number, found "ok"\n    for example: status: 200',
      '2 problems in 2 files of /r',
    ],
  });
});

it('is content with warnings alone', async () => {
  const { code, lines } = await run({ problems: [problem('warning', 'walkback.yml', 3)], counts });
  expect([code, lines.at(-1)]).toEqual([
    0,
    'All is well in /r: 1 service, 3 playbooks and 8 templates checked, 1 warning.',
  ]);
});
