import { HessianError } from '@nestjs-dubbo/hessian';
import type { ContractMethod } from '../../contract/contract.js';
import { servicesNamed, type Command, type Session } from '../command.js';
import { fromJson, parseArguments } from '../arguments.js';
import { toJson } from '../json.js';
import type { ServiceView } from '../server-view.js';

const usage =
  'Please input method name, eg: \r\ninvoke xxxMethod(1234, "abcd", {"prop" : "value"})\r\n' +
  'invoke XxxService.xxxMethod(1234, "abcd", {"prop" : "value"})\r\n' +
  'invoke com.xxx.XxxService.xxxMethod(1234, "abcd", {"prop" : "value"})';

/** Calls a method of a service through its filters; arguments and result are JSON. */
export const invoke: Command = {
  name: 'invoke',
  parameter: '[service.]method(args)',
  summary: 'Invoke the service method.',
  run: async (args, session) => {
    if (args === '') return usage;
    const [, target, list] = /^([^()\s]+)\s*\((.*)\)$/s.exec(args) ?? [];
    if (target === undefined || list === undefined) return 'Invalid parameters, format: service.method(args)';
    const dot = target.lastIndexOf('.');
    const name = dot < 0 ? session.service : target.slice(0, dot);
    const javaName = target.slice(dot + 1);
    if (name === undefined) {
      return (
        `If you want to invoke like [invoke sayHello("xxxx")], please execute cd command first, ` +
        `or you can execute it like [invoke IHelloService.sayHello("xxxx")]`
      );
    }
    const [service] = servicesNamed(name, session.server);
    if (!service) return `No such service ${name}`;
    const values = parseArguments(list);
    if (!values) return `Invalid json argument, cause: (${list}) is no list of JSON values`;
    const note = dot < 0 ? `Use default service ${name}.\r\n` : '';
    return note + (await call(service, javaName, values, session));
  },
};

async function call(
  service: ServiceView,
  javaName: string,
  values: readonly unknown[],
  { connection }: Session,
): Promise<string> {
  const named = [...service.contract.methods.values()].filter((method) => method.javaName === javaName);
  const fitting: { readonly method: ContractMethod; readonly args: readonly unknown[] }[] = [];
  const misfits: string[] = [];
  for (const method of named) {
    try {
      if (method.params.length === values.length) fitting.push({ method, args: fromJson(values, method.params) });
    } catch (error) {
      if (!(error instanceof HessianError || error instanceof TypeError)) throw error;
      misfits.push(`${signature(method)}: ${error.message}`);
    }
  }
  const [chosen, ...others] = fitting;
  if (!chosen) {
    return [`No such method ${javaName} in service ${service.key}`, ...misfits].join('\r\n');
  }
  if (others.length > 0) {
    const signatures = fitting.map(({ method }) => signature(method));
    return [`More than one method takes these arguments:`, ...signatures].join('\r\n');
  }
  const startedAt = performance.now();
  const result = await service.invoke(chosen.method, chosen.args, connection!);
  const elapsed = `elapsed: ${Math.round(performance.now() - startedAt)} ms.`;
  if (!result.ok) return `Failed to invoke method ${javaName}, cause: ${String(result.exception)}\r\n${elapsed}`;
  return `result: ${toJson(result.value)}\r\n${elapsed}`;
}

function signature({ javaName, params }: ContractMethod): string {
  return `${javaName}(${params.map((type) => type.javaName).join(',')})`;
}
