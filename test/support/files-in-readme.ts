import { readFileSync } from 'node:fs';

/** The YAML files that README shows, by the name in bold that the paragraph above each begins with. */
export function filesInReadme(): Readonly<Record<string, string>> {
  const readme = readFileSync('README.md', 'utf8');
  const shown = readme.matchAll(/^\*\*([\w./-]+\.yml)\*\*[^\n]*\n\n```yaml\n(.*?)^```$/gms);
  return Object.fromEntries([...shown].map(([, name = '', text = '']) => [name, text]));
}
