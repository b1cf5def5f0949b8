import { expect, it } from 'vitest';
import { manual } from '../../../../src/domain/steps/manual.ts';
import { aStep } from '../../../support/plan-builder.ts';

const step = manual.exact.parse(aStep.manual({ instruction: 'Look <at> it\nnow' }));

it('reads as the instruction, whole, and who confirms', () => {
  expect(manual.words(step)).toEqual({
    facts: 'a person confirms: responder',
    exact: 'Look <at> it\nnow',
  });
});

it('asks its role for what it says', () => {
  expect(manual.done.asks(step)).toEqual({ role: 'responder', instruction: 'Look <at> it\nnow' });
});

it('knows where its role is written, though the rest could not be read', () => {
  expect(manual.done.writtenRole({ manual: { role: 'admin' } })).toEqual({
    path: ['manual', 'role'],
    role: 'admin',
  });
  expect(manual.done.writtenRole({ manual: undefined }).role).toBeUndefined();
});
