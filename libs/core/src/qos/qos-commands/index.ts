import type { Command } from '../command.js';
import { help } from './help.js';
import { live } from './live.js';
import { ls } from './ls.js';
import { offline } from './offline.js';
import { online } from './online.js';
import { quit } from './quit.js';
import { ready } from './ready.js';
import { startup } from './startup.js';

/** The commands of the QoS port, by name. */
export const qosCommands: readonly Command[] = [help, live, ls, offline, online, quit, ready, startup];
