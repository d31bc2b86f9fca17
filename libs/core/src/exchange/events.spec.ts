import { expect, it } from 'vitest';
import { readEvent } from './events.js';

it.each([
  ['4e', 'heartbeat'],
  ['0152', 'readonly'],
  ['0157', 'writeable'],
  // As Dubbo 3.2.19 sends them, in fastjson2.
  ['000000024a52', 'readonly'],
  ['000000024a57', 'writeable'],
  ['0158', 'unknown'],
  ['', 'unknown'],
])('reads the event body %s as %s', (body, event) => {
  expect(readEvent(Buffer.from(body, 'hex'))).toBe(event);
});
