#!/usr/bin/env node
// The command `gabinet`.
import { launch } from '../node/launch.mjs';

await launch('gabinet', { bin: import.meta.url, main: new URL('./main.ts', import.meta.url).href });
