/** A token in a path: of a page for a link, or of a link in the API. */
const LINK_TOKEN = /^(\/(?:api\/auth\/links|setup|invitation|reset)\/)[^/?#]+/;

/** The URL for a log line. Threat: somebody who reads logs uses a link before its owner does. */
export const withoutLinkToken = (url: string): string => url.replace(LINK_TOKEN, '$1…');
