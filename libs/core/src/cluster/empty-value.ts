import { BigDecimal, type JavaType } from '@nestjs-dubbo/hessian';

/**
 * The empty value of a type: zero, false, the empty text or collection, a new object; null where Java knows none (source:
 * org.apache.dubbo ReflectUtils.getEmptyObject).
 */
export function emptyOf(type: JavaType): unknown {
  const { shape } = type;
  switch (shape.kind) {
    case 'boolean':
      return false;
    case 'byte':
    case 'short':
    case 'int':
    case 'float':
    case 'double':
      return 0;
    case 'long':
      return { bigint: 0n, number: 0, string: '0' }[shape.as];
    case 'char':
      return '\0';
    case 'string':
      return '';
    case 'bytes':
      return new Uint8Array();
    case 'list':
    case 'array':
      return [];
    case 'set':
      return new Set();
    case 'map':
      return new Map();
    case 'lazy':
      return emptyOf(shape.resolve());
    case 'class':
      // Fields get what the class gives them: JavaScript runs its initializers.
      return Reflect.construct(shape.construct as new () => object, []);
    case 'value':
      if (type.javaName === 'java.math.BigDecimal') return BigDecimal.of('0');
      return type.javaName === 'java.math.BigInteger' ? 0n : null;
    default:
      return null;
  }
}
