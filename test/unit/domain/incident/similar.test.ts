import { expect, it } from 'vitest';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { similarIncidents } from '../../../../src/domain/incident/similar.ts';
import { anIncident } from '../../../support/incident-builder.ts';
import { START } from '../../../support/run-builder.ts';

const MINUTE = 60_000;

const declared = (id: string, minutesBefore = 0, more: Partial<Incident> = {}): Incident => ({
  ...anIncident({ id }).build(),
  declaredAt: new Date(START - minutesBefore * MINUTE).toISOString(),
  ...more,
});
const similar = (...others: readonly Incident[]) =>
  similarIncidents(declared('INC-12'), others).map(({ id }) => id);

it('finds what was declared up to half an hour before and shares a service, the first one first', () => {
  expect(similar(declared('INC-11', 1), declared('INC-9', 30), declared('INC-10', 20))).toEqual([
    'INC-9',
    'INC-10',
    'INC-11',
  ]);
  expect(similar(declared('INC-8', 31))).toEqual([]);
  expect(similar(declared('INC-11', 1, { services: ['search'] }))).toEqual([]);
  expect(similar(declared('INC-11', 1, { services: [] }))).toEqual([]);
});

it('leaves out what is over, what came later, and itself', () => {
  expect(similar(declared('INC-11', 1, { status: 'resolved' }))).toEqual([]);
  expect(similar(declared('INC-11', 1, { status: 'closed' }))).toEqual([]);
  expect(similar(declared('INC-13', -1), declared('INC-12'))).toEqual([]);
});

it('of two declared in the same instant finds only the first for the second', () => {
  expect(similarIncidents(declared('INC-9'), [declared('INC-10')])).toEqual([]);
  expect(similarIncidents(declared('INC-10'), [declared('INC-9')])).toHaveLength(1);
});
