/** The checked {@link DubboModuleOptions}. */
export const DUBBO_OPTIONS = Symbol('nestjs-dubbo: options');

/** What client and server of an application share: {@link EndOptions} of core. */
export const DUBBO_COMMON = Symbol('nestjs-dubbo: common options');

/** Core's Client of the application. */
export const DUBBO_CLIENT = Symbol('nestjs-dubbo: client');

/** Core's Server of the application. */
export const DUBBO_SERVER = Symbol('nestjs-dubbo: server');

/** Transport id of our patterns: other servers do not see them. */
export const DUBBO_TRANSPORT = Symbol('DUBBO');
