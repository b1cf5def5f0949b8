import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';

/** Is all set that is needed here? Checks that need what isn't are left out, and say so. */
export function createSettingsCheck({
  problems,
  misspelt,
}: {
  readonly problems: readonly { readonly text: string }[];
  readonly misspelt: readonly { readonly name: string; readonly meant: string }[];
}): HealthCheck {
  const wrong: readonly HealthFinding[] = [
    ...problems.map(({ text }) => ({ level: 'problem' as const, what: text })),
    ...misspelt.map(({ name, meant }) => ({
      level: 'warning' as const,
      what: `${name} is set, which nothing reads`,
      todo: `did you mean ${meant}?`,
    })),
  ];
  return {
    title: 'Settings',
    run: async () => (wrong.length > 0 ? wrong : [{ level: 'ok', what: 'all that is needed here is set' }]),
  };
}

/** Stands where a check would, and says why there is none: nobody shall take silence for health. */
export const leftOut = (title: string, why: string): HealthCheck => ({
  title,
  run: async () => [{ level: 'note', what: `left out: ${why}` }],
});
