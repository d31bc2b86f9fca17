import type { Readers } from './body-reader.js';
import { readerOf } from './reader-of.js';
import { readUntyped, readUntypedAt } from './untyped.js';

/** What a {@link BodyReader} is given so that the families find each other. */
export const readers: Readers = { untyped: readUntyped, untypedAt: readUntypedAt, of: readerOf };
