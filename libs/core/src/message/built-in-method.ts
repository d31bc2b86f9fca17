import { java, type JavaType } from '@nestjs-dubbo/hessian';
import type { Method } from '../invocation/method.js';

/** A method that every provider answers, whatever its interface. */
export interface BuiltInMethod extends Method {
  readonly params: readonly JavaType[];
  readonly returns: JavaType;
}

/** Gives its argument back; shows that a provider is alive. */
export const echoMethod: BuiltInMethod = Object.freeze({
  name: '$echo',
  javaName: '$echo',
  descriptor: 'Ljava/lang/Object;',
  params: [java.any],
  returns: java.any,
});

/** Calls a method by name, with Java type names and plain values (`org.apache.dubbo.rpc.service.GenericService`). */
export const invokeMethod: BuiltInMethod = genericMethod('$invoke');

/** As {@link invokeMethod}, for callers that wait asynchronously (2.7 and later). */
export const invokeAsyncMethod: BuiltInMethod = genericMethod('$invokeAsync');

function genericMethod(name: string): BuiltInMethod {
  const params = [java.string, java.array(java.string), java.array(java.any)];
  const descriptor = params.map((type) => type.descriptor).join('');
  return Object.freeze({ name, javaName: name, descriptor, params, returns: java.any });
}
