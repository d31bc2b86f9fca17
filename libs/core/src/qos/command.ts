import type { Connection } from '../exchange/connection.js';
import type { ServerView, ServiceView } from './server-view.js';

/** One command of an operator. */
export interface Command {
  readonly name: string;
  /** How its arguments look, for `help`. */
  readonly parameter: string;
  readonly summary: string;
  /** Answers with the text to show; what it throws is shown as its failure. */
  readonly run: (args: string, session: Session) => string | Promise<string>;
}

/** One operator at one connection, as commands see it. */
export interface Session {
  readonly server: ServerView;
  /** The commands that there are here. */
  readonly commands: readonly Command[];
  /** The Dubbo connection that it came on; undefined on the QoS port. */
  readonly connection: Connection | undefined;
  /** The service that `cd` has chosen. */
  service: string | undefined;
  /** What an HTTP answer says. Default 200. */
  httpStatus: number;
  readonly closed: boolean;
  /** Shows a text that no command waits for, and the prompt. */
  show(text: string): void;
  /** Ends the session once the answer is written. */
  end(): void;
}

/** The arguments of a command, cut at blanks. */
export function words(args: string): string[] {
  return args.split(/\s+/).filter((word) => word !== '');
}

/** The flag's presence, and the words without it. */
export function takeFlag(flag: string, args: string): { readonly given: boolean; readonly rest: string[] } {
  const all = words(args);
  return { given: all.includes(flag), rest: all.filter((word) => word !== flag) };
}

/** The services meant by a service key, an interface's full name or its simple one. */
export function servicesNamed(name: string, { services }: ServerView): ServiceView[] {
  const exact = services.filter(({ key }) => key === name);
  if (exact.length > 0) return exact;
  return services.filter(({ id }) => id.interface === name || simpleName(id.interface) === name);
}

/** `Greeter` of `com.acme.Outer$Greeter`. */
export function simpleName(javaName: string): string {
  return javaName.slice(Math.max(javaName.lastIndexOf('.'), javaName.lastIndexOf('$')) + 1);
}
