import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of src/ that a test changes as somebody would who follows a recipe. The real one stays as it is. */
export type ChangedSource = {
  /** Absolute; where `src` of the copy is. */
  readonly folder: string;
  /** Copies a file from test/fixtures (`from`, below it) to a path below src/. */
  readonly addFile: (from: string, to: string) => Promise<void>;
  /** Puts `line` after the one line of a file below src/ that holds `after`. Throws where none or several do. */
  readonly addLine: (file: string, { after, line }: { after: string; line: string }) => Promise<void>;
  /** What the compiler says of the copy, as "path below src/: message", in the order of the files. */
  readonly compile: () => readonly string[];
  /** A module of the copy, run. */
  readonly load: (file: string) => Promise<Record<string, unknown>>;
  readonly remove: () => Promise<void>;
};

/** Copies src/ into a folder of its own beside it, from where it finds the same packages. */
export async function changedSource(): Promise<ChangedSource> {
  const folder = await mkdtemp(join(ROOT, '.changed-source-'));
  const src = join(folder, 'src');
  await cp(join(ROOT, 'src'), src, { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  return {
    folder: src,
    addFile: (from, to) => cp(join(ROOT, 'test/fixtures', from), join(src, to)),
    addLine: async (file, { after, line }) => {
      const lines = (await readFile(join(src, file), 'utf8')).split('\n');
      const places = lines.flatMap((text, index) => (text.includes(after) ? [index] : []));
      const [place] = places;
      if (place === undefined || places.length > 1)
        throw new Error(`${file} has ${places.length} lines with ${after}`);
      await writeFile(join(src, file), lines.toSpliced(place + 1, 0, line).join('\n'));
    },
    compile: () => complaints(src),
    load: (file) => import(join(src, file)),
    remove: () => rm(folder, { recursive: true }),
  };
}

function complaints(src: string): readonly string[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const files = ts.sys.readDirectory(src, ['.ts']);
  if (files.length < 100) throw new Error(`only ${files.length} files to compile in ${dirname(src)}`);
  const program = ts.createProgram(files, options);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) =>
      [
        file === undefined ? '' : relative(src, file.fileName),
        ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0],
      ].join(': '),
    );
}
