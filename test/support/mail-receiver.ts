import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Without the encoding of the transfer. */
  readonly body: string;
}

export interface MailReceiver {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** From now on every mail is refused, as by a mail server that does not know the recipient. */
  refuse(): void;
  stop(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it receives. It asks for user and password. */
export async function startMailReceiver(): Promise<MailReceiver> {
  const mails: ReceivedMail[] = [];
  let refuses = false;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'gabinet' && password === 'secret'
        ? done(null, { user: username })
        : done(new Error('Wrong password')),
    onRcptTo: (_address, _session, done) => done(refuses ? new Error('No such mailbox') : null),
    onData: (stream, { envelope }, done) => {
      const receive = async (): Promise<void> => {
        const message = await text(stream);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), ...partsOf(message) });
      };
      callbackify(receive)((error) => done(error));
    },
  });
  // A client that breaks off is not an error of the test.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://gabinet:secret@127.0.0.1:${port}`,
    mails,
    refuse: () => {
      refuses = true;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function partsOf(message: string): { subject: string; body: string } {
  const [head = '', ...rest] = message.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const isQuoted = /^content-transfer-encoding: quoted-printable/im.test(head);
  return {
    subject: /^subject: (.*)$/im.exec(head)?.[1]?.trim() ?? '',
    body: (isQuoted ? unquote(body) : body).replaceAll('\r\n', '\n'),
  };
}

const unquote = (quoted: string) =>
  quoted
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
