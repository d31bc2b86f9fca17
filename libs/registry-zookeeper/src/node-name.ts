/**
 * A URL as the name of a node: `java.net.URLEncoder` with UTF-8. Alphanumerics and `.-*_` stay, a space becomes `+`, the rest
 * `%XX`; half a surrogate pair becomes `?`. (`encodeURIComponent` differs in `! ' ( ) ~` and the space.)
 */
export function encodeNodeName(url: string): string {
  return encodeURIComponent(url.replace(/\p{Surrogate}/gu, '?'))
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** The reverse, as `java.net.URLDecoder`. Throws a `URIError` if the name is not well-formed. */
export function decodeNodeName(name: string): string {
  return decodeURIComponent(name.replaceAll('+', ' '));
}
