import { ConfigurationBroken } from '../../domain/problem/configuration-broken.ts';
import type { Templates } from '../../engine/ports/templates.ts';
import { messageData } from '../../engine/reactions/message-data.ts';
import type { Draw } from '../../words/text.ts';
import { readTemplates } from './read-templates.ts';
import { templatesDirectory } from './templates-directory.ts';

/**
 * The templates of a team, or those that come with Walkback where root has no templates/, for a channel that draws
 * texts in its own way. Read, checked and compiled once; throws ConfigurationBroken with everything that is wrong in
 * any of them.
 */
export async function createTemplates({
  root,
  draw,
}: {
  readonly root: string;
  readonly draw: Draw;
}): Promise<Templates> {
  const directory = await templatesDirectory(root);
  const { problems, templates } = await readTemplates({ directory, shapes: messageData, draw });
  if (problems.length > 0) throw new ConfigurationBroken(problems);
  return {
    render: (name, data) => {
      const template = templates.get(name);
      if (template === undefined) throw new Error(`no template ${name}`);
      return template(messageData[name].parse(data));
    },
  };
}
