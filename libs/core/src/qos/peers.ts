import { BlockList, isIP, isIPv4 } from 'node:net';
import type { QosOptions } from '../config/options.js';

/** Who may give commands: this machine, and what the options let in. */
export class Peers {
  readonly #allowed = new BlockList();
  readonly #everyone: boolean;

  /** @throws TypeError if the whitelist holds anything but addresses and networks */
  constructor({ acceptForeignIp = false, whitelist = [] }: QosOptions) {
    this.#everyone = acceptForeignIp;
    this.#allowed.addSubnet('127.0.0.0', 8, 'ipv4');
    this.#allowed.addAddress('::1', 'ipv6');
    const entries = typeof whitelist === 'string' ? whitelist.split(',') : whitelist;
    for (const entry of entries) this.#add(entry.trim());
  }

  /** @param address an IP address; IPv4 also in its form mapped to IPv6 */
  permits(address: string | undefined): boolean {
    if (this.#everyone) return true;
    const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
    return isIP(plain) !== 0 && this.#allowed.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
  }

  #add(entry: string): void {
    if (entry === '') return;
    const [address = '', bits, ...more] = entry.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    const most = family === 'ipv4' ? 32 : 128;
    const prefix = bits === undefined ? most : /^\d+$/.test(bits) ? Number(bits) : Number.NaN;
    if (isIP(address) === 0 || more.length > 0 || !(prefix >= 0 && prefix <= most)) {
      throw new TypeError(
        `qos.whitelist holds "${entry}"; allowed: addresses (10.0.0.7) and networks (10.0.0.0/8), separated by commas`,
      );
    }
    this.#allowed.addSubnet(address, prefix, family);
  }
}

/** What a peer is told that may not give commands; wording of Dubbo's ForeignHostPermitHandler. */
export const FOREIGN_IP = 'Foreign Ip Not Permitted, Consider Config It In Whitelist.';
