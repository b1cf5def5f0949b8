import { expect, it } from 'vitest';
import { checkParameters } from '../../../../src/domain/playbook/check-parameters.ts';
import { Playbook } from '../../../../src/domain/playbook/playbook.ts';

const withParameters = (...parameters: readonly object[]) =>
  Playbook.parse({
    name: 'undo',
    title: 'Undo',
    description: 'Undoes',
    estimate: '5m',
    parameters,
    phases: [{ name: 'P', steps: [{ id: 'a', title: 'A', wait: '1s' }] }],
    verify: [{ id: 'b', title: 'B', wait: '1s' }],
  });

const region = { name: 'region', description: 'Where', choices: ['eu', 'us'], default: 'eu' };
const ticket = { name: 'ticket', description: 'The ticket', pattern: '[A-Z]+-[0-9]+' };
const refusal = (parameter: string, expected: string) => ({
  ok: false,
  refusal: { reason: 'bad-parameter', parameter, expected },
});

it('takes what is right and fills in defaults', () => {
  const playbook = withParameters(region, ticket);
  expect(checkParameters(playbook, { ticket: 'SHOP-1' })).toEqual({
    ok: true,
    values: { region: 'eu', ticket: 'SHOP-1' },
  });
  expect(checkParameters(playbook, { ticket: 'SHOP-1', region: '' })).toMatchObject({
    values: { region: 'eu' },
  });
  expect(checkParameters(withParameters(), {})).toEqual({ ok: true, values: {} });
});

it('takes a name that every object has for one that was not given', () => {
  const playbook = withParameters({ name: 'constructor', description: 'Who built it', default: 'nobody' });
  expect(checkParameters(playbook, {})).toEqual({ ok: true, values: { constructor: 'nobody' } });
});

it('refuses names that the playbook does not declare', () => {
  expect(checkParameters(withParameters(region), { zone: 'a' })).toEqual(refusal('zone', 'one of region'));
  expect(checkParameters(withParameters(), { zone: 'a' })).toEqual(refusal('zone', 'no parameters at all'));
});

it('refuses a value that is missing, is no choice, or matches the pattern only in part', () => {
  const playbook = withParameters(ticket, region);
  expect(checkParameters(playbook, {})).toEqual(refusal('ticket', 'a value: The ticket'));
  expect(checkParameters(playbook, { ticket: 'SHOP-1; id' })).toEqual(
    refusal('ticket', 'a text that matches [A-Z]+-[0-9]+'),
  );
  expect(checkParameters(playbook, { ticket: 'A-1', region: 'mars' })).toEqual(
    refusal('region', 'one of eu, us'),
  );
});

it('refuses what an environment variable can not or should not hold', () => {
  const playbook = withParameters({ name: 'note', description: 'A note' });
  expect(checkParameters(playbook, { note: 'a\0b' })).toEqual(
    refusal('note', 'one line without control characters'),
  );
  expect(checkParameters(playbook, { note: 'x'.repeat(501) })).toEqual(
    refusal('note', 'at most 500 characters'),
  );
});

it('refuses dots alone, which would lead elsewhere in the path of a url', () => {
  const playbook = withParameters({ name: 'shard', description: 'Which shard' });
  expect(checkParameters(playbook, { shard: '..' })).toEqual(
    refusal('shard', 'something other than dots alone'),
  );
  expect(checkParameters(playbook, { shard: 'a..b' })).toMatchObject({ ok: true });
});
