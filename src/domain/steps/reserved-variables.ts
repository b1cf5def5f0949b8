/** The names that Walkback itself gives to `run` steps and urls. */
export const OWN_VARIABLES = [
  'WALKBACK_SERVICE',
  'WALKBACK_ENVIRONMENT',
  'WALKBACK_BRANCH',
  'WALKBACK_TARGET',
  'WALKBACK_DEPLOYED',
  'WALKBACK_TARGET_RELEASE',
] as const;
export type OwnVariable = (typeof OWN_VARIABLES)[number];

export const isOwn = (name: string): boolean => OWN_VARIABLES.some((own) => own === name);

/** Names that Walkback gives to steps or may one day; an environment may not set them. */
export const isReserved = (name: string): boolean => /^(PARAM|WALKBACK)_/.test(name);
