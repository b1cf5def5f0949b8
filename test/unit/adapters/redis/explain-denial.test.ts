import { expect, it } from 'vitest';
import { explainDenial } from '../../../../src/adapters/redis/explain-denial.ts';

it('claims no cause for words of Redis that it does not know', () => {
  const { what, todo } = explainDenial(
    'ERR user_script:6: attempt to perform arithmetic on a nil value',
    '{walkback}',
  );
  expect(what).toBe('it does not do that, for a reason not known here');
  expect(todo).not.toMatch(/primary|replica|cluster/);
});

it('knows a replica by what it says', () => {
  expect(explainDenial("READONLY You can't write against a read only replica.", '{walkback}').todo).toBe(
    'set REDIS_URL to the primary',
  );
});
