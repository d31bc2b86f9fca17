import type { Readers } from './body-reader.js';
import { readerOf } from './reader-of.js';
import { readNoted, readUntyped } from './untyped.js';

/** What a {@link BodyReader} is given so that the families find each other. */
export const readers: Readers = { untyped: readUntyped, noted: readNoted, of: readerOf };
