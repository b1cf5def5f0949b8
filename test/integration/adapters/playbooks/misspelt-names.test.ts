import { describe, expect, it } from 'vitest';
import { checkConfiguration } from '../../../../src/adapters/playbooks/check-configuration.ts';
import { formatProblem } from '../../../../src/domain/problem/problem.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../../support/configuration-folder.ts';

/** What is said of the sound playbook with this command, or this url, in it. */
async function problemsOf({ command, url }: { readonly command?: string; readonly url?: string }) {
  const playbook = SOUND_PLAYBOOK.replace('run: ./deploy.sh "$PARAM_REGION"', (run) =>
    command === undefined ? run : `run: |\n          ${command}`,
  ).replace('${HEALTH_URL}?in=${region}', (sound) => url ?? sound);
  const root = await aFolder({ 'walkback.yml': SOUND_TEAM, 'playbooks/undo.yml': playbook });
  return (await checkConfiguration({ root })).problems.map(formatProblem);
}

describe('a misspelt variable is answered with those that are near', () => {
  it.each([
    [
      'deploy "$PARAM_REGOIN"',
      'expected $PARAM_REGION, found $PARAM_REGOIN\n    for example: run: deploy "$PARAM_REGION"',
    ],
    ['deploy "${PARAM_REGOIN:-eu}"', 'expected $PARAM_REGION, found $PARAM_REGOIN'],
    [
      'git checkout "$WALKBACK_TARGT"',
      'expected $WALKBACK_TARGET, $WALKBACK_BRANCH or $WALKBACK_SERVICE, the nearest of 6 variables, found $WALKBACK_TARGT\n    for example: run: git checkout "$WALKBACK_TARGET"',
    ],
    ['curl "$HEALT_URL"', 'warning: phases[0].steps[1].run: expected $HEALTH_URL, found $HEALT_URL'],
    ['curl "${HEALT_URL%/}"', 'warning: phases[0].steps[1].run: expected $HEALTH_URL, found $HEALT_URL'],
  ])('in the command %s', async (command, words) => {
    expect((await problemsOf({ command })).join('\n')).toContain(words);
  });

  it.each([
    [
      '${HEALT_URL}/x',
      'expected a variable that shop, production has: HEALTH_URL, found ${HEALT_URL}\n    for example: url: ${HEALTH_URL}/x',
    ],
    ['${HEALTH_URL}/${WALKBACK_TARGT}', 'expected ${WALKBACK_TARGET}, '],
    ['${HEALTH_URL}?in=${PARAM_REGION}', 'for example: url: ${HEALTH_URL}?in=${region}'],
  ])('in the url %s, and once', async (url, words) => {
    const problems = await problemsOf({ url });
    expect(problems.join('\n')).toContain(words);
    expect(problems).toHaveLength(1);
  });

  it.each([
    'HEALT_URL=x; curl "$HEALT_URL"',
    'curl "${HEALT_URL:-none}"',
    'read HEALT_URL < file; curl "$HEALT_URL"',
    '. ./settings; curl "$HEALT_URL"',
    'ssh web-1 curl \\$HEALT_URL',
    'curl "$HEALTH_URL" "$HOME" "$WALKBACK_TARGET" "$PARAM_REGION"',
  ])('but not one that is set, has a default or is another’s: %s', async (command) => {
    expect(await problemsOf({ command })).toEqual([]);
  });
});
