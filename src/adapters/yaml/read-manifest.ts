import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigurationBroken } from '../../domain/problem/configuration-broken.ts';
import { packageFile } from '../files/package-file.ts';
import { readYaml } from './read-yaml.ts';

const FILE = 'manifest.yml';

/** What Walkback wants to know of its Slack app manifest; Slack checks the rest. */
const SlackManifest = z.looseObject({
  oauth_config: z.looseObject({
    scopes: z.looseObject({ bot: z.array(z.string().min(1)).min(1).meta({ example: 'bot: [chat:write]' }) }),
  }),
});

export type Manifest = { readonly botScopes: readonly string[] };

/** The manifest.yml that comes with Walkback, or the one at `path`. Throws ConfigurationBroken where it isn't one. */
export async function readManifest({
  path = packageFile(FILE),
}: {
  readonly path?: string;
} = {}): Promise<Manifest> {
  const read = readYaml({ file: FILE, text: await readFile(path, 'utf8'), schema: SlackManifest });
  if (!read.ok) throw new ConfigurationBroken(read.problems);
  return { botScopes: read.value.oauth_config.scopes.bot };
}
