import type { Attachments } from '../invocation/attachments.js';

/** Keys that the protocol itself uses (source: org.apache.dubbo.rpc.Constants, CommonConstants). */
export const Key = {
  path: 'path',
  interface: 'interface',
  version: 'version',
  group: 'group',
  timeout: 'timeout',
  token: 'token',
  generic: 'generic',
  dubbo: 'dubbo',
  async: 'async',
  remoteApplication: 'remote.application',
  id: 'id',
  /** Milliseconds that a call has left, as a number. */
  countdown: '_TO',
  /** In a call of a callback: which object of the interface is called. */
  callbackInstance: 'callback.service.instid',
} as const;

/** Says which object of the caller a callback argument is, as the argument itself is null; `index` is from 0. */
export function callbackArgumentKey(index: number): string {
  return `sys_callback_arg-${index}`;
}

/** The protocol version that every peer since 2.6.3 sends; attachments of answers depend on it. */
export const DUBBO_VERSION = '2.0.2';

/**
 * Whether a peer that sent `version` understands attachments in answers. Java 2.7 and later say 2.0.2 to 2.0.99; 2.6 says
 * 2.0.2 or anything that is not a release number of its own 2.0.10 to 2.6.2 (source: org.apache.dubbo.common.Version).
 */
export function understandsResponseAttachments(version: string | null): boolean {
  const match = /^2\.0\.(\d{1,2})$/.exec(version ?? '');
  return match !== null && Number(match[1]) >= 2;
}

/** An attachment as text, as far as it is one: Java's own reader drops anything but strings. */
export function textAttachment(attachments: Readonly<Attachments>, key: string): string | undefined {
  const value = attachments[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Milliseconds that the caller waits, by what it sent: the countdown `_TO` where it is on, else `timeout`. Undefined if it
 * did not say or said rubbish.
 */
export function callerTimeoutMs(attachments: Readonly<Attachments>): number | undefined {
  for (const key of [Key.countdown, '_to', Key.timeout]) {
    const timeoutMs = Number(attachments[key] ?? Number.NaN);
    if (timeoutMs > 0 && timeoutMs < Infinity) return timeoutMs;
  }
  return undefined;
}
