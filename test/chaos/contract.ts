import { contractOf, DubboInterface, java } from '@nestjs-dubbo/core';

/** As much of the Java peers' contract as the scenes call: Java and Node stand in for each other in all of them. */
@DubboInterface('com.acme.interop.api.InteropService', {
  ping: { params: [], returns: java.string },
  nextInt: { params: [java.int], returns: java.int },
  sleep: { params: [java.int], returns: java.string },
})
export abstract class InteropService {
  abstract ping(): Promise<string>;
  abstract nextInt(value: number): Promise<number>;
  abstract sleep(ms: number): Promise<string>;
}

export const interop = contractOf(InteropService);
