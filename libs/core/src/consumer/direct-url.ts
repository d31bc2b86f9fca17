import { parseServiceUrl, serviceRecord, type ServiceRecord } from '../registry/service-record.js';
import type { ServiceId } from '../invocation/method.js';

/**
 * The providers that a `url` option names: `dubbo://host:port`, `host:port` or whole provider URLs, separated by `;` or
 * `,`. What the URL leaves out, the reference says.
 * @throws TypeError if a part names no host and port
 */
export function directProviders(url: string, service: ServiceId): ServiceRecord[] {
  // Parameters may hold commas (methods=a,b), addresses cannot.
  const parts = url
    .split(url.includes('?') ? ';' : /[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) throw new TypeError(`url is "${url}"; give dubbo://host:port, several separated by ;`);
  return parts.map((part) => directProvider(part, service));
}

function directProvider(part: string, service: ServiceId): ServiceRecord {
  const address = /^(?:(\w+):\/\/)?(\[[^\]]+\]|[^/:?]+):(\d+)(\/?[^?]*)(\?.*)?$/.exec(part);
  if (!address || (address[1] ?? 'dubbo') !== 'dubbo' || Number(address[3]) > 65_535) {
    throw new TypeError(`url has "${part}"; each part must be dubbo://host:port`);
  }
  const [, , host, port, path, query] = address as unknown as string[];
  const named = parseServiceUrl(
    `dubbo://${host}:${port}/${path?.replace(/^\//, '') || service.interface}${query ?? ''}`,
  );
  const identity = Object.entries({ interface: service.interface, group: service.group, version: service.version });
  const own = Object.fromEntries(identity.filter((entry): entry is [string, string] => Boolean(entry[1])));
  return serviceRecord({ ...named, parameters: { ...own, ...named.parameters } });
}
