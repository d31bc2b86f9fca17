import type { ExceptionFilter } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';

/**
 * Watches that the application's global guards, pipes, interceptors and filters apply to Dubbo methods. Nest reads them
 * when it builds a handler's pipeline and says nothing if some come later, or are another configuration's.
 */
export class GlobalEnhancers {
  readonly #config: ApplicationConfig;
  readonly #lastResort: ExceptionFilter;
  /** As they were when the first pipeline was built. */
  #captured: readonly (readonly unknown[])[] | undefined;
  #prepared = false;
  #inherited = false;

  constructor(config: ApplicationConfig, lastResort: ExceptionFilter) {
    this.#config = config;
    this.#lastResort = lastResort;
  }

  /** The application provides its services: it is a microservice of ours, or is connected to one. */
  get prepared(): boolean {
    return this.#prepared || this.#inherited;
  }

  /** Before pipelines are built: puts the filter of last resort first, so that it is asked last. */
  prepare(): void {
    if (this.#prepared) return;
    this.#prepared = true;
    this.#config.getGlobalFilters().unshift(this.#lastResort);
  }

  /** The microservice shares the configuration of the HTTP application. */
  inherit(): void {
    this.#inherited = true;
  }

  /** A pipeline has been built. */
  capture(): void {
    this.#captured ??= read(this.#config);
  }

  /** Throws an Error if global enhancers would not apply. */
  check(hybrid: boolean): void {
    if (!this.#prepared) throw new Error('Make the microservice with the options that dubbo() returns');
    if (hybrid && !this.#inherited) {
      throw new Error(
        'Connect Dubbo with await connectDubbo(app), not with app.connectMicroservice(dubbo()): global guards, pipes, ' +
          'interceptors and filters of the application would not apply to Dubbo methods',
      );
    }
    const now = read(this.#config);
    const late = kinds.filter((_, i) => {
      const captured = this.#captured?.[i];
      return captured && (captured.length !== now[i]!.length || captured.some((item, j) => item !== now[i]![j]));
    });
    if (late.length > 0) {
      throw new Error(
        `Global ${late.map(({ name }) => name).join(', ')} were added after connectDubbo(app) and would not apply to Dubbo ` +
          'methods. Add them first, then: await connectDubbo(app)',
      );
    }
  }
}

const kinds: readonly { readonly name: string; of(config: ApplicationConfig): readonly unknown[] }[] = [
  { name: 'guards', of: (config) => [...config.getGlobalGuards(), ...config.getGlobalRequestGuards()] },
  { name: 'pipes', of: (config) => [...config.getGlobalPipes(), ...config.getGlobalRequestPipes()] },
  {
    name: 'interceptors',
    of: (config) => [...config.getGlobalInterceptors(), ...config.getGlobalRequestInterceptors()],
  },
  { name: 'filters', of: (config) => [...config.getGlobalFilters(), ...config.getGlobalRequestFilters()] },
];

function read(config: ApplicationConfig): readonly (readonly unknown[])[] {
  return kinds.map((kind) => kind.of(config));
}
