import { type Bridge, buildCapabilities, type PreloadBridge } from '../../shared/contract/bridge.ts';
import { type CallAnswer, outputOf } from '../../shared/contract/call-answer.ts';

type Answering = Readonly<Record<string, Readonly<Record<string, (input: unknown) => Promise<CallAnswer>>>>>;

/** The bridge over what the preload exposes. A call without an output becomes an error here, where it keeps its code. */
export function createPreloadBridge(preload: PreloadBridge<File>): Bridge<File> {
  const answering = preload as unknown as Answering;
  const { shell, windowControls } = preload;
  const capabilities = buildCapabilities(async (name, input) => {
    const [group = '', capability = ''] = name.split('.');
    const call = answering[group]?.[capability];
    if (!call) throw new Error(`The preload has no ${name}`);
    return outputOf(await call(input));
  });
  return {
    ...capabilities,
    shell,
    windowControls,
    on: (event, listener) => preload.on(event, listener),
    stageFiles: (projectUuid, files) => preload.stageFiles(projectUuid, files),
  };
}
