import type { App } from 'electron';
import type { Log } from '../../node/log.ts';

/**
 * Threat: an attacker between the page and a server presents a forged certificate, and a careless
 * handler accepts it. Certificate errors stay errors, and none of the user's client certificates is
 * ever offered.
 */
export function keepCertificateErrors(app: Pick<App, 'on'>, log: Log): void {
  app.on('certificate-error', (event, _contents, url, error, _certificate, respond) => {
    event.preventDefault();
    log.warn('A certificate was refused', { url, error });
    respond(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, respond) => {
    event.preventDefault();
    respond();
  });
}
