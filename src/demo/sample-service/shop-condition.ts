import { git } from './git.ts';
import type { SampleService } from './sample-service.ts';

/** The release that the shop must get rid of, and the one before it. */
export const BAD_RELEASE = 'v1.4.0';
export const GOOD_RELEASE = 'v1.3.0';

/** Whether the bad release is what is deployed. */
export async function isBroken({ deployed }: SampleService): Promise<boolean> {
  const [now, bad] = [await treeOf(deployed, 'HEAD'), await treeOf(deployed, BAD_RELEASE)];
  return now === bad;
}

export const treeOf = (repository: string, revision: string): Promise<string> =>
  git(repository, ['rev-parse', '--verify', `${revision}^{tree}`]);

export const commitOf = (repository: string, revision: string): Promise<string> =>
  git(repository, ['rev-parse', '--verify', `${revision}^{commit}`]);

export type CheckOut = { readonly status: number; readonly ms: number };

/** One purchase: the answer's status, and how long it took. */
export async function checkOut(url: string): Promise<CheckOut> {
  const begun = performance.now();
  const response = await fetch(`${url}/checkout`);
  await response.arrayBuffer();
  return { status: response.status, ms: Math.round(performance.now() - begun) };
}

export const isGood = ({ status, ms }: CheckOut): boolean => status === 200 && ms <= 300;
