import { words } from '../command.js';
import type { ServerView, ServiceView } from '../server-view.js';

/**
 * The services whose whole key, or interface with version, matches the pattern; all without one. As in Dubbo a pattern is
 * a regular expression.
 * @throws SyntaxError if it is none
 */
export function servicesMatching(args: string, { services }: ServerView): readonly ServiceView[] {
  const [pattern = '.*'] = words(args);
  const whole = new RegExp(`^(?:${pattern})$`);
  return services.filter(({ key }) => whole.test(key) || whole.test(key.slice(key.indexOf('/') + 1)));
}
