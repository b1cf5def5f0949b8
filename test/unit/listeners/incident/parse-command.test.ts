import { expect, it } from 'vitest';
import { parseIncidentCommand } from '../../../../src/listeners/incident/parse-command.ts';

it.each([
  ['', { kind: 'declare' }],
  ['  Declare ', { kind: 'declare' }],
  ['list', { kind: 'list' }],
  ['help', { kind: 'help' }],
  ['show', { kind: 'show' }],
  ['show 12', { kind: 'show', incident: 'INC-12' }],
  ['timeline inc-12', { kind: 'timeline', incident: 'INC-12' }],
  ['UPDATE INC-12', { kind: 'update', incident: 'INC-12' }],
  ['severity', { kind: 'severity' }],
  ['resolve 7', { kind: 'resolve', incident: 'INC-7' }],
  ['reopen 7', { kind: 'reopen', incident: 'INC-7' }],
])('`/incident %s` is understood', (text, command) => {
  expect(parseIncidentCommand(text)).toEqual(command);
});

it('a word that is no command leads to help, which names it', () => {
  expect(parseIncidentCommand('resolv 12')).toEqual({ kind: 'help', unknown: 'resolv' });
});
