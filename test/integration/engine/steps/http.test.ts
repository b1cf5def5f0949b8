import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createHttpProbe } from '../../../../src/adapters/http/http-probe.ts';
import { createHttpStep } from '../../../../src/engine/steps/http.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { quietLog } from '../../../support/quiet-log.ts';
import { aRun } from '../../../support/run-builder.ts';

/** What a check says of a service that gives these answers in turn, and then the last one for good. */
async function check(answers: readonly string[]): Promise<string> {
  let asked = 0;
  const server = createServer((_request, response) => {
    const body = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    response.writeHead(500).end(body);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const said: string[] = [];
  const url = `http://127.0.0.1:${address.port}/health`;
  const step = aStep.http({ url, attempts: 3, everyMs: 1 });
  if (step.kind !== 'http') throw new Error('a check asks by http');
  const outcome = await createHttpStep({ http: createHttpProbe() })(step, {
    run: aRun({ plan: aPlan() }).build(),
    at: '2026-01-05T03:00:00.000Z',
    signal: new AbortController().signal,
    log: quietLog,
    say: (text) => said.push(text),
    markProcess: async () => undefined,
  });
  expect(outcome).toMatchObject({ kind: 'failed', summary: expect.stringContaining('status 500') });
  return said.join('');
}

it('a check that fails says what was answered, once as long as it stays the same, and last what is wrong', async () => {
  const said = await check(['starting\n', 'no database\n', 'no database\n']);
  expect(said.split('\n').map((line) => line.replace(/^GET .*: /, 'GET: '))).toEqual([
    'starting',
    expect.stringMatching(/^GET: status 500, expected 200 \(0 of \d in a row, try 1 of 3\)$/),
    'no database',
    expect.stringContaining('try 2 of 3'),
    expect.stringContaining('try 3 of 3'),
    '',
  ]);
});

it('keeps the end of a long answer, and no password in it', async () => {
  const said = await check([`<html>${'x'.repeat(9_000)}\npostgres://shop:hunter22@db/shop\nno room left`]);
  expect(said.length).toBeLessThan(5_000);
  expect(said).toContain('no room left\nGET ');
  expect(said).not.toContain('hunter22');
});
