import type { ServiceId } from '../invocation/method.js';
import type { ServiceRecord } from '../registry/service-record.js';

/**
 * Why a reference to `wanted` does not use a provider, or undefined if it does. The rules are Java's
 * (`UrlUtils.isMatch`): group equal, listed or `*`; version equal or `*`; version "0.0.0" is not the same as none.
 */
export function mismatch(wanted: ServiceId, record: ServiceRecord): string | undefined {
  if (record.protocol !== 'dubbo') return `its protocol is ${record.protocol}, only dubbo is spoken here`;
  const { parameters } = record;
  if (parameters['enabled'] === 'false' || parameters['disabled'] === 'true') return 'it is disabled';
  if (!groupMatches(wanted.group ?? '', record.group ?? '')) {
    return `its group is ${quoted(record.group)}, ${quoted(wanted.group)} is wanted`;
  }
  if (wanted.version !== '*' && (wanted.version ?? '') !== (record.version ?? '')) {
    return `its version is ${quoted(record.version)}, ${quoted(wanted.version)} is wanted`;
  }
  const serialization = serializationMismatch(parameters);
  return serialization;
}

function groupMatches(wanted: string, provided: string): boolean {
  return wanted === '*' || wanted === provided || (wanted.includes(',') && wanted.split(',').includes(provided));
}

/** A provider takes hessian2 unless it names serializations and hessian2 is not among them. */
function serializationMismatch(parameters: Readonly<Record<string, string>>): string | undefined {
  const named = [parameters['prefer.serialization'], parameters['serialization']].filter(Boolean).join(',');
  if (named === '' || named.split(',').some((name) => name.trim() === 'hessian2')) return undefined;
  return `it takes ${named} only, hessian2 is spoken here`;
}

function quoted(value: string | undefined): string {
  return value ? `"${value}"` : 'none';
}
