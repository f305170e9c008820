import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import { type StartFacts, SystemRequests } from '../../../main/app/system-requests.ts';

const START: StartFacts = {
  argv: ['/opt/Gabinet/gabinet', '--no-sandbox', 'mara.gab'],
  platform: 'linux',
  workingDirectory: '/home/ada',
  isFolder: false,
};

describe('requests of the system to open something', () => {
  let app: EventEmitter;
  let prevented: number;
  let opened: unknown[];
  const event = { preventDefault: () => (prevented += 1) };
  const collect = (start = START) => new SystemRequests(app as unknown as Pick<App, 'on'>, start);
  const deliver = (requests: SystemRequests) => requests.deliver((request) => opened.push(request));

  beforeEach(() => {
    app = new EventEmitter();
    prevented = 0;
    opened = [];
  });

  test('are kept, also macOS’s early events, until the application takes them', () => {
    const requests = collect();
    app.emit('open-file', event, '/Users/ada/-otto.gab');
    app.emit('open-url', event, 'gabinet://project/x');
    expect(prevented).toBe(2);
    deliver(requests);
    app.emit('open-file', event, '/Users/ada/fay.gab');
    expect(opened).toMatchObject([
      { names: ['mara.gab'], workingDirectory: '/home/ada' },
      { names: ['/Users/ada/-otto.gab'] },
      { names: ['gabinet://project/x'] },
      { names: ['/Users/ada/fay.gab'] },
    ]);
  });

  test('of a second start are what it passed, with its working directory', () => {
    deliver(collect({ ...START, argv: START.argv.slice(0, 1) }));
    const second = collect({ ...START, argv: ['gabinet', '--', '-odd.gab'], workingDirectory: '/srv' }).ofStart;
    app.emit('second-instance', event, ['gabinet', '-odd.gab', '--', '--seen-by-chromium'], '/srv', second);
    expect(opened).toEqual([{ names: ['-odd.gab'], workingDirectory: '/srv' }]);
  });

  test('of a second start of another release are read from its arguments', () => {
    deliver(collect({ ...START, argv: START.argv.slice(0, 1) }));
    for (const passed of [undefined, null, 'a.gab', { names: 'a.gab' }, { names: [1], workingDirectory: '/' }]) {
      app.emit('second-instance', event, ['gabinet', '--flag', 'otto.gab'], '/srv', passed);
    }
    expect(opened).toEqual(Array.from({ length: 5 }, () => ({ names: ['otto.gab'], workingDirectory: '/srv' })));
  });

  test('that name nothing are not delivered', () => {
    deliver(collect({ ...START, argv: ['gabinet', '--inspect'] }));
    app.emit('second-instance', event, ['gabinet'], '/srv', { names: [], workingDirectory: '/srv' });
    expect(opened).toEqual([]);
  });
});
