import type { App } from 'electron';
import type { Log } from '../../node/log.ts';

/**
 * Threat: somebody between the page and a server shows a certificate of his own, and a careless handler lets it pass.
 * Certificate errors stay errors, and no client certificate of the user is ever offered.
 */
export function keepCertificateErrors(app: Pick<App, 'on'>, log: Log): void {
  app.on('certificate-error', (event, _contents, url, error, _certificate, respond) => {
    event.preventDefault();
    log.warn('certificate refused', { url, error });
    respond(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, respond) => {
    event.preventDefault();
    respond();
  });
}
