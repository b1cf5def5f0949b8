import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { SCOPE_PURPOSE } from './scope-purpose.ts';
import { NO_TOKEN, type TokenTest } from './token-test.ts';

/** Has the token the scopes of manifest.yml, all of them and no others? Slack tells in a header of each answer. */
export function createScopesCheck({
  testToken,
  manifestScopes,
}: {
  readonly testToken: TokenTest;
  readonly manifestScopes: () => Promise<readonly string[]>;
}): HealthCheck {
  return {
    title: 'Slack scopes',
    run: async () => {
      const [test, wanted] = await Promise.all([testToken(), manifestScopes()]);
      if (test.kind !== 'answered') return NO_TOKEN;
      const granted = test.answer.response_metadata?.scopes;
      if (granted === undefined)
        return [{ level: 'note', what: "this Slack doesn't tell the token's scopes: not compared" }];
      const different = compare(wanted, granted);
      if (different.length > 0) return different;
      return [
        { level: 'ok', what: `the token has the ${wanted.length} scopes of manifest.yml, and no others` },
      ];
    },
  };
}

const compare = (wanted: readonly string[], granted: readonly string[]): readonly HealthFinding[] => [
  ...wanted.filter((scope) => !granted.includes(scope)).map(missing),
  ...granted.filter((scope) => scope !== '' && !wanted.includes(scope)).map(surplus),
];

const missing = (scope: string): HealthFinding => ({
  level: 'problem',
  what: `the scope ${scope} is missing: ${SCOPE_PURPOSE[scope] ?? 'what manifest.yml names it for does not work'}`,
  todo: `add ${scope} under "OAuth & Permissions", "Bot Token Scopes", then reinstall the app`,
});

const surplus = (scope: string): HealthFinding => ({
  level: 'warning',
  what: `the scope ${scope} is not in manifest.yml: Walkback has no use for it`,
  todo: `take ${scope} away under "OAuth & Permissions", unless something else shares this app`,
});
