import { BigDecimal, DubboInterface, java, JavaClass, JavaException, JavaField } from '@nestjs-dubbo/core';

@JavaClass('com.acme.crunch.Parcel')
export class Parcel {
  @JavaField(java.long) id!: bigint;
  @JavaField(java.bigDecimal) price!: BigDecimal | null;
  @JavaField(java.date) sentAt!: Date | null;
  @JavaField(java.bytes) content!: Uint8Array | null;
  @JavaField(java.map(java.string, java.Long)) counts!: Map<string, bigint>;
}

@JavaClass('com.acme.crunch.TooHeavy', { checked: true })
export class TooHeavy extends JavaException {
  @JavaField(java.long) grams!: bigint;
}

@DubboInterface('com.acme.crunch.Crunch', {
  burn: { params: [java.int], returns: java.long },
  turn: { params: [Parcel], returns: Parcel },
  weigh: { params: [java.long], returns: java.void, throws: [TooHeavy] },
  stumble: { params: [], returns: java.string },
  ping: { params: [], returns: java.string },
})
export abstract class Crunch {
  abstract burn(ms: number): Promise<bigint>;
  abstract turn(parcel: Parcel): Promise<Parcel>;
  abstract weigh(grams: bigint): Promise<void>;
  abstract stumble(): Promise<string>;
  abstract ping(): Promise<string>;
}
