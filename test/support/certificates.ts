import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { DAY_MS } from '../../shared/lib/durations.ts';

// X.509 certificates (RFC 5280) with exactly what the tests need, written as DER (X.690).

export interface IssuedCertificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface CertificateWishes {
  /** The host name that it is for. */
  readonly host?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export interface Authority extends IssuedCertificate {
  issue(wishes?: CertificateWishes): IssuedCertificate;
}

/** A certificate authority that nobody trusts yet. */
export function createAuthority(): Authority {
  const keys = newKeys();
  const name = `Test authority ${randomBytes(4).toString('hex')}`;
  const own = { subject: name, publicKey: keys.publicKey, issuer: name, issuerKey: keys.privateKey };
  const issue = (wishes: CertificateWishes = {}) => {
    const { publicKey, privateKey } = newKeys();
    const host = wishes.host ?? 'localhost';
    const cert = certificate({ ...wishes, host, subject: host, publicKey, issuer: name, issuerKey: keys.privateKey });
    return { cert, key: pemOf(privateKey) };
  };
  return { cert: certificate({ ...own, isAuthority: true }), key: pemOf(keys.privateKey), issue };
}

export function selfSignedCertificate(host = 'localhost'): IssuedCertificate {
  const { publicKey, privateKey } = newKeys();
  return {
    cert: certificate({ host, subject: host, publicKey, issuer: host, issuerKey: privateKey }),
    key: pemOf(privateKey),
  };
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string;

interface Contents extends CertificateWishes {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: string;
  readonly issuerKey: KeyObject;
  readonly isAuthority?: boolean;
}

function certificate(contents: Contents): string {
  const { subject, publicKey, issuer, issuerKey, isAuthority = false, host } = contents;
  const { notBefore = new Date(Date.now() - DAY_MS), notAfter = new Date(Date.now() + DAY_MS) } = contents;
  const extensions = [
    extension(BASIC_CONSTRAINTS, sequence(...(isAuthority ? [tlv(0x01, Buffer.from([0xff]))] : []))),
    // A DNS name (RFC 5280, 4.2.1.6).
    ...(host === undefined ? [] : [extension(ALTERNATIVE_NAME, sequence(tlv(0x82, Buffer.from(host))))]),
  ];
  const toBeSigned = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sequence(objectId(ECDSA_WITH_SHA256)),
    commonName(issuer),
    sequence(time(notBefore), time(notAfter)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', toBeSigned, issuerKey);
  const der = sequence(toBeSigned, sequence(objectId(ECDSA_WITH_SHA256)), bits(signature));
  const lines = der.toString('base64').replace(/(.{64})/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const BASIC_CONSTRAINTS = '551d13';
const ALTERNATIVE_NAME = '551d11';

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x1_00 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]) => tlv(0x30, Buffer.concat(parts));
const integer = (bytes: Buffer) => tlv(0x02, bytes);
const objectId = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'));
const bits = (bytes: Buffer) => tlv(0x03, Buffer.concat([Buffer.from([0]), bytes]));
const commonName = (name: string) => sequence(tlv(0x31, sequence(objectId(COMMON_NAME), tlv(0x0c, Buffer.from(name)))));
/** Generalized time, in whole seconds. */
const time = (date: Date) => tlv(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`));
const extension = (id: string, value: Buffer) => sequence(objectId(id), tlv(0x04, value));
