import type { Filter } from '../invocation/invocation.js';
import { echoMethod } from '../message/built-in-method.js';

/** Provider: answers `$echo` of every service with its argument (order −110000 in Java: before anything else). */
export const echo: Filter = (next) => (invocation) =>
  invocation.method === echoMethod
    ? Promise.resolve({ ok: true, value: invocation.args[0], attachments: {} })
    : next(invocation);
