import { DubboInterface } from '@nestjs-dubbo/core';
import { java } from '@nestjs-dubbo/hessian';
import { describe, expect, it } from 'vitest';
import { DubboReference } from './dubbo-reference.decorator.js';

@DubboInterface('com.acme.SpecService', { ping: { params: [], returns: java.void } })
abstract class SpecService {
  abstract ping(): Promise<void>;
}

interface OnlyAnInterface {
  ping(): Promise<void>;
}

class NoContract {}

describe('@DubboReference', () => {
  it('throws at decoration, naming class and property, for a type that is no contract', () => {
    expect(() => {
      class Host {
        @DubboReference() private readonly wrong!: number;
      }
      return Host;
    }).toThrow('@DubboReference of Host.wrong: its type Number is no contract');
    expect(() => {
      class Host {
        @DubboReference() private readonly wrong!: OnlyAnInterface;
      }
      return Host;
    }).toThrow('@DubboReference of Host.wrong: its type Object is no contract');
    expect(() => {
      class Host {
        constructor(@DubboReference({ timeout: 5 }) readonly wrong: NoContract) {}
      }
      return Host;
    }).toThrow('@DubboReference of Host, constructor parameter 1: its type NoContract is no contract');
    expect(() => {
      class Host {
        @DubboReference(NoContract) private readonly wrong!: NoContract;
      }
      return Host;
    }).toThrow('@DubboReference of Host.wrong: NoContract is no contract; it has no @DubboInterface');
  });

  it('says what to do where the type is unknown', () => {
    const host = { constructor: { name: 'Host' } };
    for (const decorator of [DubboReference(), DubboReference(undefined)]) {
      expect(() => decorator(host, 'untyped')).toThrow(
        /@DubboReference of Host\.untyped: the type is not known here.*@DubboReference\(CommentService\)/,
      );
    }
    expect(() => DubboReference('')(host, 'empty')).toThrow("Host.empty: the interface's name is empty");
  });

  it('throws for options that are none', () => {
    const host = { constructor: { name: 'Host' } };
    expect(() => DubboReference(SpecService, { retrys: 1 } as object)(host, 'x')).toThrow(
      '@DubboReference of Host.x.retrys is no option; did you mean "retries"?',
    );
    expect(() => DubboReference(SpecService, { timeout: '1' as never })(host, 'x')).toThrow('x.timeout is "1"');
    expect(() => DubboReference(SpecService, { methods: { pin: { timeout: 1 } } })(host, 'x')).toThrow(
      '@DubboReference of Host.x: methods.pin is no method of SpecService; did you mean "ping"?',
    );
  });
});
