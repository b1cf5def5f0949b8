import type { RenderContext } from './definition.ts';
import type { OwnVariable } from './reserved-variables.ts';

/** The variables that Walkback itself gives to commands and urls. */
export const ownVariables = ({
  service,
  environment,
  target,
  deployed,
}: RenderContext): Record<OwnVariable, string> => ({
  WALKBACK_SERVICE: service.name,
  WALKBACK_ENVIRONMENT: environment.name,
  WALKBACK_BRANCH: service.branch,
  WALKBACK_TARGET: target.hash,
  WALKBACK_DEPLOYED: deployed.hash,
  WALKBACK_TARGET_RELEASE: target.release ?? '',
});
