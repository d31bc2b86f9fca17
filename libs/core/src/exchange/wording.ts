import { DubboError } from '../invocation/dubbo-error.js';
import { formatId, type Header } from '../wire/header.js';

/** The two ends of a connection, each `host:port`. */
export interface Channel {
  readonly localAddress: string;
  readonly remoteAddress: string;
}

/** `host:port`, with brackets around IPv6 and the mapped form of IPv4 undone. */
export function formatAddress(host: string | undefined, port: number | undefined): string {
  const plain = (host ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  return `${plain.includes(':') ? `[${plain}]` : plain}:${port ?? 0}`;
}

/** The host of what {@link formatAddress} made. */
export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
}

/** `yyyy-MM-dd HH:mm:ss.SSS` in local time, as Dubbo's messages print it. */
export function formatTime(epochMs: number): string {
  const local = new Date(epochMs - new Date(epochMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 23).replace('T', ' ');
}

/** Wording of Dubbo's AbstractCodec.checkPayload. */
export function dataTooLarge(
  length: number | string,
  maxBytes: number,
  { localAddress, remoteAddress }: Channel,
): string {
  return `Data length too large: ${length}, max payload: ${maxBytes}, channel: [L:/${localAddress} - R:/${remoteAddress}]`;
}

/** An answer that nobody waits for any more; wording of Dubbo 3.3's DubboCodec. */
export function lateResponse(header: Header, { localAddress, remoteAddress }: Channel): string {
  return (
    `The timeout response finally returned at ${formatTime(Date.now())}, response status is ${header.status}, ` +
    `response id is ${formatId(header)}, channel: ${localAddress} -> ${remoteAddress}, ` +
    'please check provider side for detailed result.'
  );
}

/** Bytes of the peer that nobody can make sense of. */
export function skippedBytes(length: number, { remoteAddress }: Channel): string {
  return `Skipped ${length} bytes from ${remoteAddress} that belong to no Dubbo frame`;
}

/** The caller gave the call up before anything of it was sent. */
export function canceled(address: string, signal: AbortSignal | undefined): DubboError {
  const cause: unknown = signal?.reason;
  return new DubboError('network', 'request future has been canceled.', { address, unsent: true, cause });
}

/** Nothing can be sent to `address`, and nothing was; wording of Dubbo's AbstractClient. */
export function channelClosed(address: string): DubboError {
  const message = `message can not send, because channel is closed . url:dubbo://${address}`;
  return new DubboError('network', message, { address, unsent: true });
}
