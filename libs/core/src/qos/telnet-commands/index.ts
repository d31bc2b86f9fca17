import type { Command } from '../command.js';
import { cd } from './cd.js';
import { clear } from './clear.js';
import { count } from './count.js';
import { exit } from './exit.js';
import { help } from './help.js';
import { invoke } from './invoke.js';
import { log } from './log.js';
import { ls } from './ls.js';
import { ps } from './ps.js';
import { pwd } from './pwd.js';
import { status } from './status.js';
import { trace } from './trace.js';

/** The commands of the Dubbo port, those of Dubbo 2.7 and 3 together; `help` lists them in this order. */
export const telnetCommands: readonly Command[] = [
  ls,
  ps,
  cd,
  pwd,
  invoke,
  count,
  status,
  trace,
  log,
  clear,
  help,
  exit,
];
