import { expect, it } from 'vitest';
import { http } from '../../../../src/domain/steps/http.ts';
import { aStep } from '../../../support/plan-builder.ts';

const words = (change: Parameters<typeof aStep.http>[0] = {}) =>
  http.words(http.exact.parse(aStep.http(change)), (text) => text);

it('reads as the url and what must be in its answer, with how good is good enough', () => {
  expect(words()).toEqual({
    facts: 'expects 200 within 2 s, 5 in a row, at most 30 attempts every 1 s',
    exact: 'GET https://shop.example.com/health\nbody contains ok',
  });
});

it('says nothing of a body that may hold anything', () => {
  expect(words({ body: null }).exact).toBe('GET https://shop.example.com/health');
});

it('asks once for a 200 within five seconds where nothing else is written', () => {
  const { http: written } = http.written.parse({
    id: 'h',
    title: 'H',
    http: { url: 'https://e.example.com' },
  });
  expect(written).toEqual({
    url: 'https://e.example.com',
    status: 200,
    within: 5_000,
    attempts: 1,
    every: 1_000,
    consecutive: 1,
  });
});
