import type { TlsOptions } from 'node:tls';

/** Certificates of one end, as Node's `tls` module takes them. */
export interface SecurityOptions {
  /** Own certificate chain, PEM. A provider needs it; a consumer for mutual TLS. */
  readonly cert?: TlsOptions['cert'];
  /** Own private key, PEM. */
  readonly key?: TlsOptions['key'];
  readonly passphrase?: string;
  /** Who may sign the peer's certificate. Default: the well-known authorities. */
  readonly ca?: TlsOptions['ca'];
  /** Provider: ask clients for a certificate (mutual TLS). Default false. */
  readonly requestCert?: boolean;
  /** Refuse a peer whose certificate cannot be verified. Default true. */
  readonly rejectUnauthorized?: boolean;
  /** Consumer: the name that the provider's certificate must have. Default: the host that is dialed. */
  readonly servername?: string;
}
