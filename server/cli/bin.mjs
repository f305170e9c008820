#!/usr/bin/env node
// The command `gabinet-server`.
import { launch } from '../../node/launch.mjs';

await launch('gabinet-server', { bin: import.meta.url, main: new URL('./main.ts', import.meta.url).href });
