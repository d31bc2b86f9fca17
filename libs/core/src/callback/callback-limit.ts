import type { Contract } from '../contract/contract.js';
import type { Channel } from '../exchange/wording.js';

/** How many callbacks of one interface a connection has at once, where neither side says (`callbacks` in Dubbo). */
export const DEFAULT_CALLBACKS = 1;

/** One more callback than the limit; wording of Dubbo 3.3's CallbackServiceCodec. */
export function tooManyCallbacks(
  { interface: name }: Contract,
  limit: number,
  count: number,
  channel: Channel,
): string {
  return (
    `interface ${name} \`s callback instances num exceed providers limit :${limit} ,current num: ${count}. ` +
    'The new callback service will not work !!! you can cancel the callback service which exported before. ' +
    `channel :[L:/${channel.localAddress} - R:/${channel.remoteAddress}]`
  );
}
