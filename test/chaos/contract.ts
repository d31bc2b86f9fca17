import { contractOf, DubboInterface, java, JavaClass, JavaField } from '@nestjs-dubbo/core';

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

@JavaClass('com.acme.chaos.Parcel')
export class Parcel {
  @JavaField(java.long) id = 0n;
  @JavaField(java.string) label: string | null = null;
  @JavaField(java.date) sentAt: Date | null = null;
  @JavaField(java.list(java.Long)) weights: bigint[] | null = null;
  @JavaField(() => Parcel) inside: Parcel | null = null;
}

/** Takes what has structure: more for hostile bodies to damage. */
@DubboInterface('com.acme.chaos.Attic', {
  store: { params: [Parcel, java.int], returns: Parcel },
  keep: { params: [java.any], returns: java.any },
  forget: { params: [java.map(java.string, java.any)], returns: java.void },
})
export abstract class Attic {
  abstract store(parcel: Parcel, shelf: number): Promise<Parcel>;
  abstract keep(thing: unknown): Promise<unknown>;
  abstract forget(things: Map<string, unknown>): Promise<void>;
}

export const attic = contractOf(Attic);
