import { expect, it } from 'vitest';
import { INCIDENT_ACTIONS } from '../../../../../src/domain/incident/actions/actions.ts';
import { pressWords } from '../../../../../src/domain/incident/actions/commands.ts';

const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

it('no two actions share a name or words', () => {
  expect(repeated(INCIDENT_ACTIONS.map(({ press }) => press))).toEqual([]);
  expect(repeated(INCIDENT_ACTIONS.map(({ words }) => words))).toEqual([]);
});

it('a press has words, and the name that an older version gave one stays as it is', () => {
  expect(pressWords('change-severity')).toBe('changing the severity');
  expect(pressWords('roles')).toBe('roles');
});
