import type { Logger as DubboLogger } from '@nestjs-dubbo/core';
import { Logger } from '@nestjs/common';

/** The library's lines through Nest's Logger, in the context "Dubbo". */
export function nestLogger(): DubboLogger {
  const logger = new Logger('Dubbo');
  return {
    debug: (message) => logger.debug(message),
    info: (message) => logger.log(message),
    warn: (message) => logger.warn(message),
    error: (message, cause) => logger.error(message, ...(cause instanceof Error && cause.stack ? [cause.stack] : [])),
  };
}
