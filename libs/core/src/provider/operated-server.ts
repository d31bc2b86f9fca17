import type { Listener } from '../exchange/listen.js';
import { serviceKey } from '../invocation/method.js';
import type { CallWatch } from '../qos/call-watch.js';
import type { ServerView, ServiceView } from '../qos/server-view.js';
import type { Export, ExportTable } from './export-table.js';
import type { Registration, Registrations } from './registrations.js';
import { ServedCall } from './served-call.js';

export interface OperatedServerParts {
  readonly exports: ExportTable;
  readonly registrations: Registrations;
  /** Throws before the server listens. */
  readonly listener: () => Listener;
  readonly phase: () => ServerView['phase'];
  readonly watch: CallWatch;
}

/** A server as operators see it: always as it is at the moment. */
export function operatedServer({ exports, registrations, listener, phase, watch }: OperatedServerParts): ServerView {
  const registrationsOf = (key: string): readonly Registration[] =>
    registrations.all.filter(({ record }) => serviceKey(record) === key);
  const all = (services: readonly ServiceView[]): ReadonlySet<Registration> =>
    new Set(services.flatMap(({ key }) => registrationsOf(key)));

  const view = (exported: Export): ServiceView => {
    const key = serviceKey(exported.id);
    return {
      id: exported.id,
      key,
      contract: exported.contract,
      registrations: registrationsOf(key).map(({ registry, visible }) => ({ registry: registry.address, visible })),
      async invoke(method, args, caller) {
        const call = new ServedCall({
          service: exported.id,
          method,
          args,
          attachments: {},
          oneway: false,
          connection: caller,
          arrivedAt: Date.now(),
        });
        try {
          return await exported.invoke(call);
        } finally {
          call.end();
        }
      },
    };
  };

  return {
    watch,
    get address() {
      return listener();
    },
    get phase() {
      return phase();
    },
    get services() {
      return [...exports.all()].map(view);
    },
    get connections() {
      return listener().connections;
    },
    online: (services) => registrations.online(all(services)),
    offline: (services) => registrations.offline(all(services)),
  };
}
