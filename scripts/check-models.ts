import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type ModelLoader, startModelLoader } from './models/loading/model-loader.ts';
import { checkModel, loaderVerdict, type ModelFormat, validateModel } from './models/model-verdicts.ts';
import { contradictions, type JudgedModel, verdictTable } from './models/verdict-table.ts';

// Compares three opinions about the models in a folder: `npm run check:models -- DIR`. Fails if the
// check of bundles lets a model pass that the loaders can't load.

const FORMATS: ReadonlyMap<string, ModelFormat> = new Map([
  ['.glb', 'glb'],
  ['.vrm', 'vrm'],
  ['.vrma', 'vrma'],
]);

async function judge(path: string, name: string, loader: ModelLoader): Promise<JudgedModel> {
  const bytes = new Uint8Array(await readFile(path));
  const format = FORMATS.get(extname(path).toLowerCase()) ?? 'glb';
  const { verdict, findings } = await checkModel(bytes, format);
  const outcome = await loader.load(bytes);
  return {
    name,
    ours: verdict,
    findings,
    validator: await validateModel(bytes),
    loader: loaderVerdict(outcome),
    failure: outcome.ok ? outcome.faults.join('; ') : outcome.error,
  };
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('usage: npm run check:models -- FOLDER');
  const names = (await readdir(folder, { recursive: true })).filter((name) => FORMATS.has(extname(name).toLowerCase()));
  const loader = startModelLoader();
  const models: JudgedModel[] = [];
  for (const name of names.toSorted()) models.push(await judge(join(folder, name), name, loader));
  await loader.close();
  console.log(verdictTable(models));
  const lines = contradictions(models);
  for (const line of lines) console.error(line);
  process.exitCode = models.length > 0 && lines.length === 0 ? 0 : 1;
}

if (import.meta.main) await main();
