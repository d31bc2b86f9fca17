/**
 * What travels beside the arguments: string keys, case sensitive. Java 2.6 knows strings only; from 2.7 on a value may be
 * any serializable object.
 */
export type Attachments = Record<string, unknown>;
